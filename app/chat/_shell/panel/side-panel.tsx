'use client';

import { ArrowLeft, X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { IconButton } from '#app/_ui/button.tsx';
import { PanelResizer } from '#app/chat/_shell/panel/panel-resizer.tsx';

/**
 * What stands beside a conversation: on a wide page next to it, on a narrow one over it, on a phone in its place.
 * Escape inside it closes it; the focus goes in when it opens and back when it closes.
 */
export function SidePanel({
  title,
  subtitle,
  tools,
  onClose,
  isThread = false,
  children,
}: {
  title: string;
  subtitle?: ReactNode;
  /** buttons beside the one that closes */
  tools?: ReactNode;
  onClose: () => void;
  isThread?: boolean;
  children: ReactNode;
}) {
  const panel = useRef<HTMLElement>(null);
  const headingId = useId();

  useEffect(() => {
    const before = document.activeElement;
    if (!panel.current?.contains(before)) panel.current?.focus();
    return () => {
      // The tools of a message go when the focus does: then it goes to where one writes.
      const isThere = before instanceof HTMLElement && before.isConnected && before !== document.body;
      const next = isThere ? before : document.querySelector<HTMLElement>('main textarea');
      if (isThere || !matchMedia('(pointer: coarse)').matches) next?.focus();
    };
  }, []);

  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-labelledby={headingId}
      data-thread={isThread ? '' : undefined}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
      className="relative flex w-panel shrink-0 flex-col border-l border-line bg-canvas outline-none max-lg:absolute max-lg:inset-y-0 max-lg:right-0 max-lg:z-20 max-lg:shadow-float max-md:w-full max-md:border-l-0"
    >
      <PanelResizer />
      <header className="flex h-header shrink-0 items-center gap-1 border-b border-line pr-2 pl-4 max-md:pl-1">
        <IconButton label="Back" tooltip={false} className="md:hidden" onClick={onClose}>
          <ArrowLeft size={20} aria-hidden="true" />
        </IconButton>
        <div className="min-w-0 flex-1">
          <h2 id={headingId} className="truncate leading-5 font-semibold">
            {title}
          </h2>
          {subtitle && <div className="truncate text-xs text-ink-muted">{subtitle}</div>}
        </div>
        {tools}
        <IconButton label="Close panel" tooltip="Close" className="max-md:hidden" onClick={onClose}>
          <X size={18} aria-hidden="true" />
        </IconButton>
      </header>
      {children}
    </aside>
  );
}
