import type { Metadata } from 'next';
import { AuthCard } from '#app/(auth)/_form/auth-card.tsx';
import { formFailure } from '#app/(auth)/_form/form-failure.ts';
import { nextTarget, withNext } from '#app/(auth)/_form/next-target.ts';
import { Or } from '#app/(auth)/_form/or.tsx';
import { ProviderLinks } from '#app/(auth)/_form/provider-links.tsx';
import type { Query } from '#app/(auth)/_form/query.ts';
import { askSignInWays } from '#app/(auth)/_form/sign-in-ways.ts';
import { SignUpForm } from '#app/(auth)/_form/sign-up-form.tsx';
import { TextLink } from '#app/(auth)/_form/text-link.tsx';

export const metadata: Metadata = { title: 'Create an account · Parley' };

/** The form is answered by `POST /signup`, which is part of the documented API; this page is only its face. */
export default async function SignUpPage({ searchParams }: { searchParams: Query }) {
  const next = nextTarget((await searchParams).next);
  const { problem, username } = await formFailure();
  const { signUpOpen, providers } = await askSignInWays();
  return (
    <AuthCard
      title="Create an account"
      problem={problem}
      footer={
        <>
          Already have an account? <TextLink href={withNext('/login', next)}>Log in</TextLink>
        </>
      }
    >
      {signUpOpen ? (
        <>
          <SignUpForm action={withNext('/signup', next)} username={username} />
          {providers.length > 0 && <Or>or</Or>}
          <ProviderLinks providers={providers} next={next} />
        </>
      ) : (
        <p>
          New people need an invitation here. Ask an administrator to add you; you are then mailed a link to
          come in by.
        </p>
      )}
    </AuthCard>
  );
}
