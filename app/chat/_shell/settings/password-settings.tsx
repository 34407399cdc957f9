'use client';

import { useState } from 'react';
import { trpc } from '#app/_live/client.ts';
import { Button } from '#app/_ui/button.tsx';
import { Problem } from '#app/_ui/problem.tsx';
import { toast } from '#app/_ui/toast-store.ts';
import { PasswordChecklist } from '#app/(auth)/_form/password-checklist.tsx';
import { PasswordField } from '#app/(auth)/_form/password-field.tsx';
import { refusalWords } from '#app/chat/_shell/dialogs/refusal-words.ts';
import { passwordProblem } from '#server/domain/accounts/password-rules';

const empty = { currentPassword: '', password: '', confirmation: '' };

const reasons = {
  wrong_password: 'The current password is not right.',
  rate_limited: 'Too many attempts. Wait a minute and try again.',
};

/** Another password; every other device is signed out by it. */
export function PasswordSettings() {
  const [typed, setTyped] = useState(empty);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { currentPassword, password, confirmation } = typed;
  const isReady = currentPassword !== '' && passwordProblem(password) === null && password === confirmation;
  const field = (key: keyof typeof empty) => ({
    value: typed[key],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
      setTyped({ ...typed, [key]: event.target.value }),
  });

  async function change(event: React.FormEvent) {
    event.preventDefault();
    if (!isReady || isBusy) return;
    setBusy(true);
    setProblem(null);
    try {
      await trpc.profile.changePassword.mutate(typed);
      setTyped(empty);
      toast('Your password is changed. Other devices were signed out.');
    } catch (error) {
      setProblem(refusalWords(error, reasons));
    }
    setBusy(false);
  }

  return (
    <form onSubmit={(event) => void change(event)} className="grid max-w-md gap-4">
      <PasswordField label="Current password" autoComplete="current-password" {...field('currentPassword')} />
      <PasswordField label="New password" autoComplete="new-password" {...field('password')} />
      <PasswordField label="Confirm new password" autoComplete="new-password" {...field('confirmation')} />
      {password !== '' && <PasswordChecklist password={password} confirmation={confirmation} />}
      <Problem text={problem} />
      <div>
        <Button type="submit" variant="primary" disabled={!isReady || isBusy}>
          Change password
        </Button>
      </div>
    </form>
  );
}
