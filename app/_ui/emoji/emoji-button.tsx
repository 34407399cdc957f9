'use client';

import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import { IconButton } from '#app/_ui/button.tsx';

const loadPopover = () => import('#app/_ui/emoji/emoji-popover.tsx');

/** The picker at an anchor; its code and data come when it is first wanted. */
export const EmojiPopover = lazy(() => loadPopover().then((module) => ({ default: module.EmojiPopover })));

type Props = {
  label: string;
  /** the emoji, in the skin tone chosen */
  onPick: (character: string) => void;
  /** whether picking leaves it open for another one */
  staysOpen?: boolean;
  size?: 'small' | 'medium';
  className?: string;
  children: ReactNode;
};

/** A button that opens the emoji picker. */
export function EmojiButton({
  label,
  onPick,
  staysOpen = false,
  size = 'small',
  className,
  children,
}: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const preload = () => void loadPopover();
  return (
    <>
      <IconButton
        ref={button}
        label={label}
        size={size}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        onPointerEnter={preload}
        onFocus={preload}
        className={className}
      >
        {children}
      </IconButton>
      {open && (
        <Suspense>
          <EmojiPopover
            anchor={button}
            onPick={onPick}
            staysOpen={staysOpen}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}
