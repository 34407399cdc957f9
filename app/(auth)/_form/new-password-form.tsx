'use client';

import { useEffect, useRef, useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { PasswordChecklist } from '#app/(auth)/_form/password-checklist.tsx';
import { PasswordField } from '#app/(auth)/_form/password-field.tsx';
import { passwordProblem } from '#server/domain/accounts/password-rules';

type Typed = { password: string; confirmation: string };

/** The form that sets a password by a mailed link. Like the one of signing up, it works without script. */
export function NewPasswordForm({ email, token }: { email: string; token: string }) {
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState<Typed | null>(null);

  useEffect(() => setTyped(typedIn(form.current)), []);

  const { password, confirmation } = typed ?? { password: '', confirmation: '' };
  const ready = passwordProblem(password) === null && password === confirmation;
  return (
    <form
      ref={form}
      method="post"
      action="/api/sign-in/set-password"
      onInput={(event) => setTyped(typedIn(event.currentTarget))}
      className="grid gap-4"
    >
      <input type="hidden" name="token" value={token} />
      {/* password managers want to know whose password it is */}
      <input type="hidden" name="email" value={email} autoComplete="username" />
      <PasswordField label="New password" name="password" autoComplete="new-password" autoFocus required />
      <PasswordField label="Confirm password" name="confirm_password" autoComplete="new-password" required />
      <PasswordChecklist password={password} confirmation={confirmation} />
      <Button type="submit" variant="primary" wide disabled={typed !== null && !ready}>
        Set password
      </Button>
    </form>
  );
}

function typedIn(form: HTMLFormElement | null): Typed {
  const data = form ? new FormData(form) : null;
  return {
    password: String(data?.get('password') ?? ''),
    confirmation: String(data?.get('confirm_password') ?? ''),
  };
}
