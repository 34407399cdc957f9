'use client';

import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { IconButton } from '#app/_ui/button.tsx';
import { PanelResizer } from '#app/chat/_shell/panel/panel-resizer.tsx';

/**
 * What stands beside a conversation: on a wide page next to it, on a narrow one over it, on a phone in its place.
 * Escape inside it closes it; the focus goes in when it opens and back when it closes.
 */
export function SidePanel({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const panel = useRef<HTMLElement>(null);
  const headingId = useId();

  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-labelledby={headingId}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
      className="relative flex w-panel shrink-0 flex-col border-l border-line bg-canvas outline-none max-lg:absolute max-lg:inset-y-0 max-lg:right-0 max-lg:z-20 max-lg:shadow-float max-md:w-full max-md:border-l-0"
    >
      <PanelResizer />
      <header className="flex h-header shrink-0 items-center gap-2 border-b border-line pr-2 pl-4">
        <h2 id={headingId} className="min-w-0 flex-1 truncate font-semibold">
          {title}
        </h2>
        <IconButton label="Close panel" tooltip="Close" onClick={onClose}>
          <X size={18} aria-hidden="true" />
        </IconButton>
      </header>
      {children}
    </aside>
  );
}
