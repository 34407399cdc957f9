import type { Metadata } from 'next';
import { Button } from '#app/_ui/button.tsx';
import { TextField } from '#app/_ui/text-field.tsx';
import { AuthCard } from '#app/(auth)/_form/auth-card.tsx';
import { formFailure } from '#app/(auth)/_form/form-failure.ts';
import { nextTarget, withNext } from '#app/(auth)/_form/next-target.ts';
import { PasswordField } from '#app/(auth)/_form/password-field.tsx';

export const metadata: Metadata = { title: 'Log in · Parley' };

/** The form is answered by `POST /login`, which is part of the documented API; this page is only its face. */
export default async function LoginPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>;
}) {
  const next = nextTarget((await searchParams).next);
  const { problem, username } = await formFailure();
  return (
    <AuthCard
      title="Log in"
      problem={problem}
      footer={
        <>
          New here?{' '}
          <a
            className="font-medium text-accent-ink underline-offset-4 hover:underline"
            href={withNext('/signup', next)}
          >
            Create an account
          </a>
        </>
      }
    >
      <form method="post" action={withNext('/login', next)} className="grid gap-4">
        <TextField
          label="Username"
          name="username"
          defaultValue={username}
          autoComplete="username"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          autoFocus={username === ''}
          required
        />
        <PasswordField
          label="Password"
          name="password"
          autoComplete="current-password"
          autoFocus={username !== ''}
          required
        />
        <Button type="submit" variant="primary" wide>
          Log in
        </Button>
      </form>
    </AuthCard>
  );
}
