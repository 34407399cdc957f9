import type { Metadata } from 'next';
import { AuthCard } from '#app/(auth)/_form/auth-card.tsx';
import { EmailForm } from '#app/(auth)/_form/email-form.tsx';
import { formFailure } from '#app/(auth)/_form/form-failure.ts';
import { GoodNews } from '#app/(auth)/_form/good-news.tsx';
import { nextTarget, withNext } from '#app/(auth)/_form/next-target.ts';
import { Or } from '#app/(auth)/_form/or.tsx';
import { PasswordForm } from '#app/(auth)/_form/password-form.tsx';
import { ProviderLinks } from '#app/(auth)/_form/provider-links.tsx';
import { type Query, textOf } from '#app/(auth)/_form/query.ts';
import { askSignInWays } from '#app/(auth)/_form/sign-in-ways.ts';
import { TextLink } from '#app/(auth)/_form/text-link.tsx';

export const metadata: Metadata = { title: 'Log in · Parley' };

/** The way that the server's mode asks for comes first; a username and a password always do. */
export default async function LoginPage({ searchParams }: { searchParams: Query }) {
  const query = await searchParams;
  const next = nextTarget(query.next);
  const { problem, username } = await formFailure(textOf(query.error));
  const ways = await askSignInWays();
  const email = textOf(query.email);
  return (
    <AuthCard
      title="Log in"
      problem={problem}
      footer={
        ways.signUpOpen ? (
          <>
            New here? <TextLink href={withNext('/signup', next)}>Create an account</TextLink>
          </>
        ) : (
          'New here? Ask an administrator to invite you.'
        )
      }
    >
      <GoodNews text={query.sent ? 'If that address may sign in here, a link is on its way to it.' : null} />
      {ways.mode === 'magic-link' && (
        <>
          <EmailForm step="send-link" verb="Send me a link" email={email} next={next} />
          <Or>or with a password</Or>
        </>
      )}
      {ways.mode === 'dev' && (
        <>
          <EmailForm step="dev" verb="Continue without a password" email={email} next={next} />
          <Or>or with a password</Or>
        </>
      )}
      <PasswordForm username={username} next={next} isFirst={ways.mode === 'password'} />
      {ways.passwordResetEnabled && (
        <p className="mt-4 text-center">
          <TextLink href="/login/forgotten">Forgotten your password?</TextLink>
        </p>
      )}
      {ways.providers.length > 0 && <Or>or</Or>}
      <ProviderLinks providers={ways.providers} next={next} />
    </AuthCard>
  );
}
