'use client';

import { LogOut, Pencil, UserPlus, Users } from 'lucide-react';
import type { RefObject } from 'react';
import type { ConversationView } from '#app/_live/model.ts';
import { type MenuItem, MenuPopup } from '#app/_ui/menu-popup.tsx';
import { usePanel } from '#app/chat/_shell/panel/use-panel.ts';
import { useShell } from '#app/chat/_shell/shell-state.tsx';

type Props = { conversation: ConversationView; anchor: RefObject<Element | null>; onClose: () => void };

/** What can be done with a channel; what I may not do is not offered. */
export function ChannelMenuItems({ conversation, anchor, onClose }: Props) {
  const { openDialog } = useShell();
  const { show } = usePanel();
  const { id: conversationId, may } = conversation;
  const items: MenuItem[] = [{ label: 'Members', icon: Users, onSelect: () => show('members') }];
  if (may.addMembers) {
    items.push({
      label: 'Add member',
      icon: UserPlus,
      onSelect: () => openDialog({ kind: 'add-member', conversationId }),
    });
  }
  if (may.rename) {
    items.push({
      label: 'Rename',
      icon: Pencil,
      onSelect: () => openDialog({ kind: 'rename', conversationId }),
    });
  }
  if (may.leave) {
    items.push(
      { separator: 'leave' },
      {
        label: 'Leave channel',
        icon: LogOut,
        danger: true,
        onSelect: () => openDialog({ kind: 'leave', conversationId }),
      },
    );
  }
  return <MenuPopup anchor={anchor} items={items} onClose={onClose} />;
}
