'use client';

import { cloneElement, type ReactElement, useCallback, useRef, useState } from 'react';
import { Late, part } from '#app/_ui/late.tsx';
import type { MenuItem } from '#app/_ui/menu-popup.tsx';

export type { MenuItem, MenuOption } from '#app/_ui/menu-popup.tsx';

const loadPopup = () => import('#app/_ui/menu-popup.tsx');
const menuPopup = part(async () => (await loadPopup()).MenuPopup);

type TriggerProps = {
  ref?: React.Ref<HTMLButtonElement>;
  onClick?: () => void;
  onPointerEnter?: () => void;
  onFocus?: () => void;
  'aria-haspopup'?: 'menu';
  'aria-expanded'?: boolean;
};

/**
 * A button with a menu. The menu's code (positioning, typeahead, roving focus) arrives when the button is pointed
 * at or focused, which keeps it out of the first load.
 */
export function Menu({
  trigger,
  items,
  align = 'end',
  side = 'bottom',
  onOpen,
}: {
  /** a `Button` or `IconButton` */
  trigger: ReactElement<TriggerProps>;
  items: readonly MenuItem[];
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom' | 'left' | 'right';
  /** it is about to be shown */
  onOpen?: () => void;
}) {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const preload = () => void loadPopup().catch(() => {});
  const close = useCallback(() => setOpen(false), []);
  return (
    <>
      {cloneElement(trigger, {
        ref: button,
        'aria-haspopup': 'menu',
        'aria-expanded': open,
        onClick: () => {
          onOpen?.();
          setOpen(true);
        },
        onPointerEnter: preload,
        onFocus: preload,
      })}
      {open && (
        <Late
          part={menuPopup}
          props={{ anchor: button, items, align, side, onClose: close }}
          onFail={close}
        />
      )}
    </>
  );
}
