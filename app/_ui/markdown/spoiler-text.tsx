'use client';

import { type ReactNode, useState } from 'react';

/** Hidden until somebody asks for it; the text is not in the page before. */
export function SpoilerText({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState(false);
  if (shown) return <span className="rounded-sm bg-hover">{children}</span>;
  return (
    <button
      type="button"
      onClick={() => setShown(true)}
      className="rounded-sm bg-pressed px-1.5 text-sm text-ink-muted hover:text-ink"
    >
      Show spoiler
    </button>
  );
}
