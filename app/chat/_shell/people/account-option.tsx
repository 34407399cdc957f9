'use client';

import { usePresence } from '#app/_live/hooks.ts';
import type { AccountView } from '#app/_live/model.ts';
import { Avatar } from '#app/_ui/avatar.tsx';

export const popupClasses =
  'popup max-h-[min(20rem,var(--available-height))] w-(--anchor-width) min-w-52 overflow-y-auto rounded-panel bg-raised p-1 shadow-float outline-none data-empty:hidden';

export const optionClasses =
  'flex min-h-9 cursor-default items-center gap-2.5 rounded-control px-2 outline-none select-none data-highlighted:bg-hover touch:min-h-11';

/** By which somebody is found: either of their names. */
export function soughtName({ username, displayName }: AccountView): string {
  return displayName ? `${username} ${displayName}` : username;
}

/** Somebody in a list of suggestions. */
export function AccountOption({ account }: { account: AccountView }) {
  const presence = usePresence(account.id);
  return (
    <>
      <Avatar
        name={account.username}
        nameColor={account.nameColor}
        avatarFile={account.avatarFile}
        size="small"
        presence={presence}
      />
      <span className="min-w-0 truncate">{account.username}</span>
      {account.displayName && (
        <span aria-hidden="true" className="min-w-0 truncate text-sm text-ink-muted">
          {account.displayName}
        </span>
      )}
    </>
  );
}
