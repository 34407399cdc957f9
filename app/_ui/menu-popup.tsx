'use client';

import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import { type ComponentType, type ReactNode, type RefObject, useRef, useState } from 'react';
import { classes } from '#app/_ui/classes.ts';

export type MenuItem =
  | {
      label: string;
      onSelect: () => void;
      icon?: ComponentType<{ size?: number; 'aria-hidden'?: 'true' }>;
      danger?: boolean;
      disabled?: boolean;
      /** a shortcut that does the same, for reading only */
      shortcut?: string;
    }
  /** a line; the word only tells several of them apart */
  | { separator: string }
  /** choices of which one holds; null as long as it is not known which */
  | {
      choice: string;
      value: string | null;
      options: readonly MenuOption[];
      onChoose: (value: string) => void;
    };

export type MenuOption = { value: string; label: string; icon?: ReactNode };

/** Where a menu appears: an element, or a point such as the one of a long press. */
export type MenuAnchor = RefObject<Element | null> | { x: number; y: number };

export type MenuPopupProps = {
  anchor: MenuAnchor;
  items: readonly MenuItem[];
  onClose: () => void;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom' | 'left' | 'right';
};

const row =
  'flex min-h-8 cursor-default items-center gap-2.5 rounded-control px-2.5 py-1 outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover touch:min-h-11';

/** An open menu. Focus goes to it and, once it has closed, back to where it was. */
export function MenuPopup({ anchor, items, onClose, align = 'end', side = 'bottom' }: MenuPopupProps) {
  const [open, setOpen] = useState(true);
  const chosen = useRef<(() => void) | null>(null);
  const opener = () => ('x' in anchor ? null : (anchor.current as HTMLElement | null));

  /**
   * A choice takes effect once the menu is gone and the focus is back: earlier, the menu would take the focus from
   * whatever the choice has opened.
   */
  function afterClosing() {
    onClose();
    if (!chosen.current) return;
    opener()?.focus();
    chosen.current();
  }

  return (
    <Base.Root open={open} onOpenChange={setOpen} onOpenChangeComplete={(next) => next || afterClosing()}>
      <Base.Portal>
        <Base.Positioner
          anchor={'x' in anchor ? pointAnchor(anchor) : anchor}
          align={align}
          side={side}
          sideOffset={4}
          className="z-50 outline-none"
        >
          <Base.Popup
            finalFocus={() => (chosen.current ? false : (opener() ?? true))}
            className="popup max-h-(--available-height) min-w-48 overflow-y-auto rounded-panel bg-raised p-1 shadow-float outline-none"
          >
            {items.map((item) => {
              if ('separator' in item) {
                return <Base.Separator key={item.separator} className="mx-2 my-1 h-px bg-line" />;
              }
              if ('choice' in item) return <Choice key={item.choice} item={item} />;
              return (
                <Base.Item
                  key={item.label}
                  disabled={item.disabled}
                  onClick={() => {
                    chosen.current = item.onSelect;
                  }}
                  className={classes(row, item.danger && 'text-danger-ink')}
                >
                  {item.icon && <item.icon size={16} aria-hidden="true" />}
                  <span className="flex-1">{item.label}</span>
                  {item.shortcut && (
                    <span aria-hidden="true" className="text-xs text-ink-faint">
                      {item.shortcut}
                    </span>
                  )}
                </Base.Item>
              );
            })}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** One of several; the menu closes with the choice. */
function Choice({ item }: { item: Extract<MenuItem, { choice: string }> }) {
  return (
    <Base.RadioGroup aria-label={item.choice} value={item.value} onValueChange={item.onChoose}>
      <div aria-hidden="true" className="px-2.5 pt-1 text-xs leading-6 font-medium text-ink-muted">
        {item.choice}
      </div>
      {item.options.map(({ value, label, icon }) => (
        <Base.RadioItem key={value} value={value} closeOnClick className={row}>
          <span className="flex w-4 shrink-0 justify-center">{icon}</span>
          <span className="flex-1">{label}</span>
          <Base.RadioItemIndicator>
            <Check size={16} aria-hidden="true" />
          </Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}

function pointAnchor({ x, y }: { x: number; y: number }) {
  return { getBoundingClientRect: () => DOMRect.fromRect({ x, y, width: 0, height: 0 }) };
}
