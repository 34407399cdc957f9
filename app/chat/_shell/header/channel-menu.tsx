'use client';

import { EllipsisVertical } from 'lucide-react';
import type { ConversationView } from '#app/_live/model.ts';
import { IconButton } from '#app/_ui/button.tsx';
import { Late, part } from '#app/_ui/late.tsx';
import { MenuButton } from '#app/_ui/menu.tsx';

const loadItems = () => import('#app/chat/_shell/header/channel-menu-items.tsx');
const menuItems = part(async () => (await loadItems()).ChannelMenuItems);

/** The button for everything that is seldom done with a channel. */
export function ChannelMenu({ conversation }: { conversation: ConversationView }) {
  return (
    <MenuButton
      preload={loadItems}
      trigger={
        <IconButton label="Channel menu">
          <EllipsisVertical size={18} aria-hidden="true" />
        </IconButton>
      }
    >
      {(anchor, onClose) => (
        <Late part={menuItems} props={{ conversation, anchor, onClose }} onFail={onClose} />
      )}
    </MenuButton>
  );
}
