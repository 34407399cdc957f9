'use client';

import { Popover } from '@base-ui/react/popover';
import { type RefObject, useRef, useState } from 'react';
import { EmojiPicker } from '#app/_ui/emoji/emoji-picker.tsx';

type Props = {
  anchor: RefObject<HTMLElement | null>;
  onPick: (character: string) => void;
  staysOpen?: boolean;
  onClose: () => void;
};

/** The emoji picker as a dialog beside what opened it; Escape or a click elsewhere closes it. */
export function EmojiPopover({ anchor, onPick, staysOpen = false, onClose }: Props) {
  const [open, setOpen] = useState(true);
  const search = useRef<HTMLInputElement>(null);
  return (
    <Popover.Root open={open} onOpenChange={setOpen} onOpenChangeComplete={(next) => next || onClose()}>
      <Popover.Portal>
        <Popover.Positioner
          anchor={anchor}
          side="top"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className="z-50"
        >
          <Popover.Popup
            initialFocus={search}
            finalFocus={anchor}
            aria-label="Emoji"
            className="popup rounded-panel bg-raised shadow-float outline-none"
          >
            <EmojiPicker
              searchRef={search}
              onPick={(character) => {
                onPick(character);
                if (!staysOpen) setOpen(false);
              }}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
