'use client';

import {
  cloneElement,
  type ReactElement,
  type ReactNode,
  type RefObject,
  useCallback,
  useRef,
  useState,
} from 'react';
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
}: {
  /** a `Button` or `IconButton` */
  trigger: ReactElement<TriggerProps>;
  items: readonly MenuItem[];
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom' | 'left' | 'right';
}) {
  return (
    <MenuButton trigger={trigger} preload={loadPopup}>
      {(anchor, onClose) => (
        <Late part={menuPopup} props={{ anchor, items, align, side, onClose }} onFail={onClose} />
      )}
    </MenuButton>
  );
}

/** The same for a menu whose items are code that is worth loading late as well: `children` draws it while it is open. */
export function MenuButton({
  trigger,
  preload,
  children,
}: {
  trigger: ReactElement<TriggerProps>;
  preload: () => Promise<unknown>;
  children: (anchor: RefObject<HTMLButtonElement | null>, onClose: () => void) => ReactNode;
}) {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const load = () => void preload().catch(() => {});
  const close = useCallback(() => setOpen(false), []);
  return (
    <>
      {cloneElement(trigger, {
        ref: button,
        'aria-haspopup': 'menu',
        'aria-expanded': open,
        onClick: () => setOpen(true),
        onPointerEnter: load,
        onFocus: load,
      })}
      {open && children(button, close)}
    </>
  );
}
