'use client';

import { EllipsisVertical, LogOut, Pencil, UserPlus, Users } from 'lucide-react';
import type { ConversationView } from '#app/_live/model.ts';
import { IconButton } from '#app/_ui/button.tsx';
import { Menu, type MenuItem } from '#app/_ui/menu.tsx';
import { usePanel } from '#app/chat/_shell/panel/use-panel.ts';
import { useShell } from '#app/chat/_shell/shell-state.tsx';

/** What can be done with a channel; what I may not do is not offered. */
export function ChannelMenu({ conversation }: { conversation: ConversationView }) {
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
  return (
    <Menu
      items={items}
      trigger={
        <IconButton label="Channel menu">
          <EllipsisVertical size={18} aria-hidden="true" />
        </IconButton>
      }
    />
  );
}
