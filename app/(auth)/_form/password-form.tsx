import { Button } from '#app/_ui/button.tsx';
import { TextField } from '#app/_ui/text-field.tsx';
import { withNext } from '#app/(auth)/_form/next-target.ts';
import { PasswordField } from '#app/(auth)/_form/password-field.tsx';

/** The form is answered by `POST /login`, which is part of the documented API; `isFirst` unless another comes before. */
export function PasswordForm({
  username,
  next,
  isFirst,
}: {
  username: string;
  next: string | null;
  isFirst: boolean;
}) {
  return (
    <form method="post" action={withNext('/login', next)} className="grid gap-4">
      <TextField
        label="Username"
        name="username"
        defaultValue={username}
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        autoFocus={isFirst && username === ''}
        required
        hint="Or the email address of your account."
      />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="current-password"
        autoFocus={username !== ''}
        required
      />
      <Button type="submit" variant={isFirst ? 'primary' : 'secondary'} wide>
        Log in
      </Button>
    </form>
  );
}
