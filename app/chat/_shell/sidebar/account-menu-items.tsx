'use client';

import { Keyboard, LogOut, MonitorSmartphone, Settings, ShieldCheck } from 'lucide-react';
import type { RefObject } from 'react';
import { useMe } from '#app/_live/hooks.ts';
import { type MenuItem, type MenuOption, MenuPopup } from '#app/_ui/menu-popup.tsx';
import { PresenceDot } from '#app/_ui/presence-dot.tsx';
import { navigate } from '#app/chat/_shell/navigate.ts';
import { adminPath, settingsPath } from '#app/chat/_shell/place.ts';
import { useShell } from '#app/chat/_shell/shell-state.tsx';
import { type Status, useStatus } from '#app/chat/_shell/sidebar/use-status.ts';

const STATUSES = [
  { value: 'auto', label: 'As I am', icon: <MonitorSmartphone size={16} aria-hidden="true" /> },
  { value: 'active', label: 'Active', icon: <PresenceDot state="active" /> },
  { value: 'idle', label: 'Away', icon: <PresenceDot state="idle" /> },
  { value: 'offline', label: 'Offline', icon: <PresenceDot state="offline" /> },
] as const satisfies readonly (MenuOption & { value: Status })[];

const administration: MenuItem = {
  label: 'Administration',
  icon: ShieldCheck,
  onSelect: () => navigate(adminPath('users')),
};

type Props = { anchor: RefObject<Element | null>; onClose: () => void };

/** What the account menu offers: how others see me, the settings, the way out. */
export function AccountMenuItems({ anchor, onClose }: Props) {
  const me = useMe();
  const { openDialog } = useShell();
  const status = useStatus();
  return (
    <MenuPopup
      anchor={anchor}
      align="start"
      side="top"
      onClose={onClose}
      items={[
        {
          choice: 'Status',
          value: status.chosen,
          options: STATUSES,
          onChoose: (value) => void status.choose(value as Status),
        },
        { separator: 'status' },
        { label: 'Settings', icon: Settings, onSelect: () => navigate(settingsPath('profile')) },
        ...(me.role === 'member' ? [] : [administration]),
        {
          label: 'Keyboard shortcuts',
          icon: Keyboard,
          shortcut: '?',
          onSelect: () => openDialog({ kind: 'help' }),
        },
        { separator: 'leave' },
        { label: 'Log out', icon: LogOut, onSelect: () => location.assign('/logout') },
      ]}
    />
  );
}
