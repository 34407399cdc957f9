'use client';

import { ChevronsUpDown } from 'lucide-react';
import { useMe, usePresence } from '#app/_live/hooks.ts';
import { Avatar } from '#app/_ui/avatar.tsx';
import { Late, part } from '#app/_ui/late.tsx';
import { MenuButton } from '#app/_ui/menu.tsx';
import { presenceWord } from '#app/_ui/presence-dot.tsx';

const loadItems = () => import('#app/chat/_shell/sidebar/account-menu-items.tsx');
const menuItems = part(async () => (await loadItems()).AccountMenuItems);

/** Who I am, at the foot of the sidebar, and the way to the settings and out. */
export function AccountMenu() {
  const me = useMe();
  const presence = usePresence(me.id);
  return (
    <MenuButton
      preload={loadItems}
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
    >
      {(anchor, onClose) => <Late part={menuItems} props={{ anchor, onClose }} onFail={onClose} />}
    </MenuButton>
  );
}
