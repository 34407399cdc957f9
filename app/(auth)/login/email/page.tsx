import type { Metadata } from 'next';
import { AuthCard } from '#app/(auth)/_form/auth-card.tsx';
import { formFailure } from '#app/(auth)/_form/form-failure.ts';
import { GoodNews } from '#app/(auth)/_form/good-news.tsx';
import { MailedLink } from '#app/(auth)/_form/mailed-link.tsx';
import { type Query, textOf } from '#app/(auth)/_form/query.ts';
import { TextLink } from '#app/(auth)/_form/text-link.tsx';

export const metadata: Metadata = { title: 'Confirm your address · Parley' };

/** Where a link to confirm an address leads. */
export default async function ConfirmEmailPage({ searchParams }: { searchParams: Query }) {
  const query = await searchParams;
  const email = textOf(query.email);
  if (query.done) {
    return (
      <AuthCard
        title="Confirm your address"
        problem={null}
        footer={<TextLink href="/">Go on to Parley</TextLink>}
      >
        <GoodNews text={`${email} is confirmed. You can log in with it from now on.`} />
      </AuthCard>
    );
  }
  return (
    <MailedLink
      title="Confirm your address"
      problem={(await formFailure(textOf(query.error))).problem}
      step="confirm-email"
      verb="Confirm"
      email={email}
      token={textOf(query.token)}
    >
      Use <strong>{email || 'nothing'}</strong> for your account?
    </MailedLink>
  );
}
