'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { IconButton } from '#app/_ui/button.tsx';
import { classes } from '#app/_ui/classes.ts';

export type DialogProps = {
  open: boolean;
  onClose: () => void;
  /** the accessible name, and the heading unless `bare` */
  title: string;
  description?: ReactNode;
  /** no heading and no close button: the content brings its own */
  bare?: boolean;
  size?: 'small' | 'medium' | 'large';
  /** by default the first field */
  initialFocus?: RefObject<HTMLElement | null>;
  children: ReactNode;
};

const sizes = { small: 'max-w-md', medium: 'max-w-lg', large: 'max-w-2xl' };

/** A modal dialog: holds the focus, closes on Escape or a click outside, and gives the focus back. */
export function Dialog({
  open,
  onClose,
  title,
  description,
  bare = false,
  size = 'small',
  initialFocus,
  children,
}: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => next || onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Viewport className="fixed inset-0 z-40 flex items-start justify-center overflow-y-auto p-3 pt-[12vh] max-md:pt-6">
          <Base.Popup
            initialFocus={initialFocus}
            className={classes(
              'popup relative w-full rounded-panel bg-raised shadow-float outline-none',
              sizes[size],
              !bare && 'p-5',
            )}
          >
            <Base.Title className={bare ? 'sr-only' : 'pr-10 text-lg font-semibold'}>{title}</Base.Title>
            {description && (
              <Base.Description className="mt-1 text-sm text-ink-muted">{description}</Base.Description>
            )}
            {children}
            {!bare && (
              <Base.Close
                render={
                  <IconButton label="Close" tooltip={false} className="absolute top-3 right-3">
                    <X size={18} aria-hidden="true" />
                  </IconButton>
                }
              />
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

/** The row of buttons at the end of a dialog. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="mt-5 flex flex-wrap justify-end gap-2">{children}</div>;
}
