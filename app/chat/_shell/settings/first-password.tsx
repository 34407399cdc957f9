'use client';

import { useState } from 'react';
import { trpc } from '#app/_live/client.ts';
import { Button } from '#app/_ui/button.tsx';
import { Problem } from '#app/_ui/problem.tsx';
import { refusalWords } from '#app/chat/_shell/dialogs/refusal-words.ts';

const reasons = {
  no_email: 'Add an email address first: the link to set a password is mailed to it.',
  sign_in_way: 'People sign in by mailed links here; a password is not needed.',
};

/** For people who came by a link or a provider and have no password to change. */
export function FirstPassword() {
  const [isSent, setSent] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function send() {
    setProblem(null);
    try {
      await trpc.profile.requestPassword.mutate();
      setSent(true);
    } catch (error) {
      setProblem(refusalWords(error, reasons));
    }
  }

  return (
    <>
      <p className="mb-3 text-ink-muted">You have no password: you come in by links or through a provider.</p>
      <Problem text={problem} className="mb-3" />
      {isSent ? (
        <p role="status" className="text-ink-muted">
          A link to set one is on its way to you.
        </p>
      ) : (
        <Button onClick={() => void send()}>Send me a link to set one</Button>
      )}
    </>
  );
}
