import type { Metadata } from 'next';
import { AuthCard } from '#app/(auth)/_form/auth-card.tsx';
import { formFailure } from '#app/(auth)/_form/form-failure.ts';
import { NewPasswordForm } from '#app/(auth)/_form/new-password-form.tsx';
import { type Query, textOf } from '#app/(auth)/_form/query.ts';
import { TextLink } from '#app/(auth)/_form/text-link.tsx';

export const metadata: Metadata = { title: 'Choose a password · Parley' };

/** Where a link to set a password leads: one forgotten, or the first of somebody who was invited. */
export default async function SetPasswordPage({ searchParams }: { searchParams: Query }) {
  const query = await searchParams;
  const { problem } = await formFailure(textOf(query.error));
  const email = textOf(query.email);
  return (
    <AuthCard
      title="Choose a password"
      problem={problem}
      footer={<TextLink href="/login">Back to logging in</TextLink>}
    >
      <p className="mb-4 wrap-anywhere text-ink-muted">For the account of {email || 'nobody'}.</p>
      <NewPasswordForm email={email} token={textOf(query.token)} />
    </AuthCard>
  );
}
