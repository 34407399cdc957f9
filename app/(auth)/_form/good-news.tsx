import { CircleCheck } from 'lucide-react';

/** What has just been done; nothing without a text. */
export function GoodNews({ text }: { text: string | null }) {
  if (!text) return null;
  return (
    <p
      role="status"
      className="mb-4 flex items-start gap-2 rounded-control bg-accent-soft px-3 py-2 text-sm text-accent-ink"
    >
      <CircleCheck size={16} aria-hidden="true" className="mt-0.5 shrink-0" />
      <span className="min-w-0 wrap-anywhere">{text}</span>
    </p>
  );
}
