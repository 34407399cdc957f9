import { CircleAlert } from 'lucide-react';
import { classes } from '#app/_ui/classes.ts';

/** Why something did not work, announced when it appears; nothing without a text. */
export function Problem({ text, className }: { text: string | null | undefined; className?: string }) {
  if (!text) return null;
  return (
    <p
      role="alert"
      className={classes(
        'flex items-start gap-2 rounded-control bg-danger-soft px-3 py-2 text-sm text-danger-ink',
        className,
      )}
    >
      <CircleAlert size={16} aria-hidden="true" className="mt-0.5 shrink-0" />
      <span className="min-w-0 break-words">{text}</span>
    </p>
  );
}
