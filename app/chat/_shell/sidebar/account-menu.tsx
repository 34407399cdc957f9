'use client';

import { ChevronsUpDown, Keyboard, LogOut, MonitorSmartphone, Settings, ShieldCheck } from 'lucide-react';
import { useMe, usePresence } from '#app/_live/hooks.ts';
import { Avatar } from '#app/_ui/avatar.tsx';
import { Menu, type MenuItem, type MenuOption } from '#app/_ui/menu.tsx';
import { PresenceDot, presenceWord } from '#app/_ui/presence-dot.tsx';
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

/** Who I am, at the foot of the sidebar, and the way to the settings and out. */
export function AccountMenu() {
  const me = useMe();
  const presence = usePresence(me.id);
  const { openDialog } = useShell();
  const status = useStatus();
  return (
    <Menu
      align="start"
      side="top"
      onOpen={status.ask}
      trigger={
        <button
          type="button"
          className="flex h-12 w-full items-center gap-2.5 rounded-control px-2 text-left -outline-offset-2 hover:bg-hover aria-expanded:bg-pressed"
        >
          <span className="sr-only">Account menu</span>
          <Avatar
            name={me.username}
            nameColor={me.nameColor}
            avatarFile={me.avatarFile}
            presence={presence}
            className="size-8"
          />
          <span className="min-w-0 flex-1">
            <span className="block truncate leading-5 font-medium">{me.displayName ?? me.username}</span>
            <span className="block truncate text-xs text-ink-muted">
              {me.displayName && `${me.username} · `}
              {presenceWord(presence)}
            </span>
          </span>
          <ChevronsUpDown size={16} aria-hidden="true" className="shrink-0 text-ink-faint" />
        </button>
      }
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
