'use client';

import { AlertDialog } from '@base-ui/react/alert-dialog';
import { type ReactNode, useRef, useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { Problem } from '#app/_ui/problem.tsx';

export type ConfirmDialogProps = {
  open: boolean;
  onClose: () => void;
  title: string;
  /** what will happen, in a sentence */
  children: ReactNode;
  /** the word on the button that does it: "Delete", "Leave" */
  verb: string;
  /** what it does; the dialog closes once it is done, and shows the words of an error it throws */
  onConfirm: () => void | Promise<void>;
  /** words for an error of `onConfirm` */
  explain?: (error: unknown) => string;
};

/** Asks before something that cannot be taken back. "Cancel" has the focus, so that Enter does no harm. */
export function ConfirmDialog({
  open,
  onClose,
  title,
  children,
  verb,
  onConfirm,
  explain = () => 'That did not work. Try again.',
}: ConfirmDialogProps) {
  const cancel = useRef<HTMLButtonElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function confirm() {
    setBusy(true);
    setProblem(null);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setProblem(explain(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => next || onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-50 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <AlertDialog.Viewport className="fixed inset-0 z-50 flex items-center justify-center p-4">
          <AlertDialog.Popup
            initialFocus={cancel}
            className="popup w-full max-w-md rounded-panel bg-raised p-5 shadow-float outline-none"
          >
            <AlertDialog.Title className="text-lg font-semibold">{title}</AlertDialog.Title>
            <AlertDialog.Description render={<div />} className="mt-2 break-words text-ink-muted">
              {children}
            </AlertDialog.Description>
            <Problem text={problem} className="mt-3" />
            <div className="mt-5 flex justify-end gap-2">
              <Button ref={cancel} onClick={onClose}>
                Cancel
              </Button>
              <Button variant="danger" disabled={busy} onClick={() => void confirm()}>
                {verb}
              </Button>
            </div>
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
