'use client';

import { useState } from 'react';
import { trpc } from '#app/_live/client.ts';
import { Button } from '#app/_ui/button.tsx';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { RadioGroup } from '#app/_ui/radio-group.tsx';
import { PasswordField } from '#app/(auth)/_form/password-field.tsx';
import { refusalWords } from '#app/chat/_shell/dialogs/refusal-words.ts';

const reasons = {
  wrong_password: 'The password is not right.',
  last_owner: 'You are the last owner of this server. Make somebody else an owner first.',
  rate_limited: 'Too many attempts. Wait a minute and try again.',
};

const kinds = [
  { value: 'soft', label: 'Keep my messages' },
  { value: 'hard', label: 'Remove my messages' },
] as const;

type Kind = (typeof kinds)[number]['value'];

/** Ends the account, after the password and a second question. */
export function DeleteAccount({ hasPassword }: { hasPassword: boolean }) {
  const [isAsking, setAsking] = useState(false);
  const [kind, setKind] = useState<Kind>('soft');
  const [password, setPassword] = useState('');
  return (
    <>
      <p className="mb-3 text-ink-muted">
        You are signed out everywhere and your name becomes free. Your messages can stay, under “Deleted
        User”.
      </p>
      <Button
        className="text-danger-ink"
        onClick={() => {
          setPassword('');
          setAsking(true);
        }}
      >
        Delete account…
      </Button>
      <ConfirmDialog
        open={isAsking}
        onClose={() => setAsking(false)}
        title="Delete your account?"
        verb="Delete"
        explain={(error) => refusalWords(error, reasons)}
        onConfirm={async () => {
          await trpc.profile.deleteAccount.mutate({ kind, password });
          location.assign('/login');
        }}
      >
        <div className="grid gap-4">
          <p>This cannot be taken back.</p>
          <RadioGroup label="What you wrote" value={kind} onChange={setKind} options={kinds} />
          {hasPassword && (
            <PasswordField
              label="Your password"
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </div>
      </ConfirmDialog>
    </>
  );
}
