'use client';

import { useEffect, useRef, useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { TextField } from '#app/_ui/text-field.tsx';
import { PasswordChecklist } from '#app/(auth)/_form/password-checklist.tsx';
import { PasswordField } from '#app/(auth)/_form/password-field.tsx';
import { passwordProblem } from '#server/domain/accounts/password-rules';
import { type UsernameProblem, usernameProblem } from '#server/domain/accounts/username';

type Typed = { username: string; password: string; confirmation: string };

const nothing: Typed = { username: '', password: '', confirmation: '' };

const usernameWords: Record<UsernameProblem, string> = {
  blank: '',
  username_reserved: 'That name is reserved.',
  username_pattern: 'Use 1 to 32 letters, digits, "_" or "-".',
};

/**
 * The form that makes an account. It posts like any form, so it works before and without script; the fields keep
 * their own values for the same reason, and what was typed before script arrived is read once it has.
 */
export function SignUpForm({ action, username }: { action: string; username: string }) {
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState<Typed | null>(null);

  useEffect(() => setTyped(typedIn(form.current)), []);

  const { username: name, password, confirmation } = typed ?? nothing;
  const nameProblem = usernameProblem(name);
  const ready = nameProblem === null && passwordProblem(password) === null && password === confirmation;
  return (
    <form
      ref={form}
      method="post"
      action={action}
      onInput={(event) => setTyped(typedIn(event.currentTarget))}
      className="grid gap-4"
    >
      <TextField
        label="Username"
        name="username"
        defaultValue={username}
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        autoFocus
        required
        maxLength={200}
        problem={nameProblem && usernameWords[nameProblem]}
      />
      <PasswordField label="Password" name="password" autoComplete="new-password" required />
      <PasswordField label="Confirm password" name="confirm_password" autoComplete="new-password" required />
      <PasswordChecklist password={password} confirmation={confirmation} />
      <Button type="submit" variant="primary" wide disabled={typed !== null && !ready}>
        Create account
      </Button>
    </form>
  );
}

function typedIn(form: HTMLFormElement | null): Typed {
  if (!form) return nothing;
  const data = new FormData(form);
  return {
    username: String(data.get('username')).trim(),
    password: String(data.get('password')),
    confirmation: String(data.get('confirm_password')),
  };
}
