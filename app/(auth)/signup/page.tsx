import type { Metadata } from 'next';
import { AuthCard } from '#app/(auth)/_form/auth-card.tsx';
import { formFailure } from '#app/(auth)/_form/form-failure.ts';
import { nextTarget, withNext } from '#app/(auth)/_form/next-target.ts';
import { SignUpForm } from '#app/(auth)/_form/sign-up-form.tsx';

export const metadata: Metadata = { title: 'Create an account · Parley' };

/** The form is answered by `POST /signup`, which is part of the documented API; this page is only its face. */
export default async function SignUpPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>;
}) {
  const next = nextTarget((await searchParams).next);
  const { problem, username } = await formFailure();
  return (
    <AuthCard
      title="Create an account"
      problem={problem}
      footer={
        <>
          Already have an account?{' '}
          <a
            className="font-medium text-accent-ink underline-offset-4 hover:underline"
            href={withNext('/login', next)}
          >
            Log in
          </a>
        </>
      }
    >
      <SignUpForm action={withNext('/signup', next)} username={username} />
    </AuthCard>
  );
}
