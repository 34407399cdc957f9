'use client';

import { type ReactNode, type RefObject, useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { Dialog, DialogActions } from '#app/_ui/dialog.tsx';
import { Problem } from '#app/_ui/problem.tsx';
import { refusalWords } from '#app/chat/_shell/dialogs/refusal-words.ts';

type Props = {
  title: string;
  description?: ReactNode;
  verb: string;
  /** the button works */
  ready: boolean;
  /** closes the dialog when it resolves, shows why not when it rejects */
  onSubmit: () => Promise<void>;
  /** words for the reasons it may be refused for */
  reasons?: Readonly<Record<string, string>>;
  onClose: () => void;
  initialFocus?: RefObject<HTMLElement | null>;
  children: ReactNode;
};

/** A dialog with fields and one thing to do with them. */
export function FormDialog({ verb, ready, onSubmit, reasons, onClose, children, ...dialog }: Props) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function submit(event: React.FormEvent) {
    event.preventDefault();
    if (!ready || isBusy) return;
    setBusy(true);
    setProblem(null);
    try {
      await onSubmit();
      onClose();
    } catch (error) {
      setProblem(refusalWords(error, reasons));
      setBusy(false);
    }
  }

  return (
    <Dialog open onClose={onClose} {...dialog}>
      <form onSubmit={(event) => void submit(event)} className="mt-4 grid gap-4">
        {children}
        <Problem text={problem} />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={!ready || isBusy}>
            {verb}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
