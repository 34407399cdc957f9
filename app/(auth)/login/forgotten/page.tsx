import type { Metadata } from 'next';
import { AuthCard } from '#app/(auth)/_form/auth-card.tsx';
import { EmailForm } from '#app/(auth)/_form/email-form.tsx';
import { formFailure } from '#app/(auth)/_form/form-failure.ts';
import { GoodNews } from '#app/(auth)/_form/good-news.tsx';
import { type Query, textOf } from '#app/(auth)/_form/query.ts';
import { TextLink } from '#app/(auth)/_form/text-link.tsx';

export const metadata: Metadata = { title: 'Forgotten your password? · Parley' };

export default async function ForgottenPage({ searchParams }: { searchParams: Query }) {
  const query = await searchParams;
  const { problem } = await formFailure(textOf(query.error));
  return (
    <AuthCard
      title="Forgotten your password?"
      problem={problem}
      footer={<TextLink href="/login">Back to logging in</TextLink>}
    >
      <GoodNews text={query.sent ? 'If an account has that address, a link is on its way to it.' : null} />
      <p className="mb-4 text-ink-muted">
        Enter the email address of your account, and we send you a link to choose another password.
      </p>
      <EmailForm step="send-password-link" verb="Send me a link" email={textOf(query.email)} />
    </AuthCard>
  );
}
