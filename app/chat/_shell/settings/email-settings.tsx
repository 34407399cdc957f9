'use client';

import { useState } from 'react';
import { trpc } from '#app/_live/client.ts';
import { Button } from '#app/_ui/button.tsx';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { Problem } from '#app/_ui/problem.tsx';
import { TextField } from '#app/_ui/text-field.tsx';
import { PasswordField } from '#app/(auth)/_form/password-field.tsx';
import { refusalWords } from '#app/chat/_shell/dialogs/refusal-words.ts';
import type { SignInFacts } from '#app/chat/_shell/settings/use-sign-in-facts.ts';

const reasons = {
  email: 'That is not an email address.',
  wrong_password: 'The password is not right.',
};

/** The address that I can sign in with, and that links are mailed to. It changes once its link was opened. */
export function EmailSettings({ facts, reload }: { facts: SignInFacts; reload: () => Promise<void> }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [sentTo, setSentTo] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isReady = email.includes('@') && (password !== '' || !facts.hasPassword);

  async function send(event: React.FormEvent) {
    event.preventDefault();
    if (!isReady || isBusy) return;
    setBusy(true);
    setProblem(null);
    setSentTo(null);
    try {
      await trpc.profile.requestEmail.mutate({ email, password });
      setSentTo(email.trim());
      setEmail('');
      setPassword('');
    } catch (error) {
      setProblem(refusalWords(error, reasons));
    }
    setBusy(false);
  }

  return (
    <>
      <p className="mb-3 wrap-anywhere text-ink-muted">
        {facts.email ? (
          <>
            Your address is <strong className="font-medium text-ink">{facts.email}</strong>.
          </>
        ) : (
          'You have no address here. With one you can be mailed a link when you have forgotten your password.'
        )}
      </p>
      <form onSubmit={(event) => void send(event)} className="grid max-w-md gap-4">
        <TextField
          label={facts.email ? 'New email address' : 'Email address'}
          type="email"
          autoComplete="email"
          value={email}
          maxLength={254}
          onChange={(event) => setEmail(event.target.value)}
        />
        {facts.hasPassword && (
          <PasswordField
            label="Your password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
        <Problem text={problem} />
        {sentTo && (
          <p role="status" className="wrap-anywhere text-ink-muted">
            Open the link that is on its way to {sentTo}.
          </p>
        )}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" disabled={!isReady || isBusy}>
            Send a link to confirm it
          </Button>
          {facts.email && facts.hasPassword && <RemoveEmail email={facts.email} onRemoved={reload} />}
        </div>
      </form>
    </>
  );
}

function RemoveEmail({ email, onRemoved }: { email: string; onRemoved: () => Promise<void> }) {
  const [isAsking, setAsking] = useState(false);
  const [password, setPassword] = useState('');
  return (
    <>
      <Button
        onClick={() => {
          setPassword('');
          setAsking(true);
        }}
      >
        Remove address…
      </Button>
      <ConfirmDialog
        open={isAsking}
        onClose={() => setAsking(false)}
        title="Remove your email address?"
        verb="Remove"
        explain={(error) => refusalWords(error, reasons)}
        onConfirm={async () => {
          await trpc.profile.removeEmail.mutate({ password });
          await onRemoved();
        }}
      >
        <div className="grid gap-4">
          <p className="wrap-anywhere">No link can be mailed to {email} any more.</p>
          <PasswordField
            label="Your password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </div>
      </ConfirmDialog>
    </>
  );
}
