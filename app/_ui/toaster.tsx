'use client';

import { X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { IconButton } from '#app/_ui/button.tsx';
import { classes } from '#app/_ui/classes.ts';
import { dismissToast, type Toast, toasts } from '#app/_ui/toast-store.ts';

const none: readonly Toast[] = [];

/** Shows the toasts. The region exists before its first toast, or screen readers would miss that one. */
export function Toaster() {
  const shown = useSyncExternalStore(toasts.subscribe, toasts.get, () => none);
  return (
    <section
      aria-label="Notifications"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-20 z-50 flex flex-col items-center gap-2 px-4"
    >
      {shown.map((entry) => (
        <div
          key={entry.id}
          className={classes(
            'pointer-events-auto flex max-w-full items-center gap-2 rounded-panel py-1.5 pr-1.5 pl-4 shadow-float',
            entry.tone === 'problem' ? 'bg-danger-soft text-danger-ink' : 'bg-raised text-ink',
          )}
        >
          <span className="min-w-0 break-words">{entry.text}</span>
          {entry.action && (
            <button
              type="button"
              className="rounded-control px-2 py-1 font-semibold text-accent-ink hover:bg-hover"
              onClick={() => {
                entry.action?.run();
                dismissToast(entry.id);
              }}
            >
              {entry.action.label}
            </button>
          )}
          <IconButton label="Dismiss" tooltip={false} size="small" onClick={() => dismissToast(entry.id)}>
            <X size={16} aria-hidden="true" />
          </IconButton>
        </div>
      ))}
    </section>
  );
}
