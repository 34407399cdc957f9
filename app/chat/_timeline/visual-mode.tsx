'use client';

import { useEffect, useState } from 'react';
import { selectedArticle } from '#app/chat/_shell/keyboard/walk-articles.ts';

/** Says that keys work on a selected message, and how to get out of that. Its region is always there. */
export function VisualMode() {
  const [isOn, setOn] = useState(false);
  useEffect(() => {
    const look = () => setOn(selectedArticle() !== null);
    // While the focus leaves, it is nowhere yet: only what gains it can tell, or that nothing does.
    const leave = (event: FocusEvent) => event.relatedTarget === null && setOn(false);
    document.addEventListener('focusin', look);
    document.addEventListener('focusout', leave);
    return () => {
      document.removeEventListener('focusin', look);
      document.removeEventListener('focusout', leave);
    };
  }, []);
  return (
    <div role="status" className="text-xs text-ink-muted">
      {isOn && (
        <>
          <span className="rounded-sm bg-accent-soft px-1.5 py-0.5 font-semibold text-accent-ink">
            Visual mode
          </span>
          <span aria-hidden="true" className="ml-2 max-lg:hidden">
            j k move, ? lists the rest, Esc leaves
          </span>
        </>
      )}
    </div>
  );
}
