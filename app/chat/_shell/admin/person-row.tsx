'use client';

import { EllipsisVertical, KeyRound, ShieldCheck, UserMinus } from 'lucide-react';
import type { trpc } from '#app/_live/client.ts';
import { useMe } from '#app/_live/hooks.ts';
import { Avatar } from '#app/_ui/avatar.tsx';
import { IconButton } from '#app/_ui/button.tsx';
import { Menu, type MenuItem } from '#app/_ui/menu.tsx';
import { AdminRow, Tag } from '#app/chat/_shell/admin/admin-list.tsx';
import type { PersonQuestion } from '#app/chat/_shell/admin/person-dialogs.tsx';
import { dayOf } from '#app/chat/_shell/admin/times.ts';

export type PersonRecord = Awaited<ReturnType<typeof trpc.admin.people.query>>[number];
export type Role = PersonRecord['role'];

export const roleNames: Record<Role, string> = { owner: 'Owner', admin: 'Administrator', member: 'Member' };

/** Somebody, and what may be done about them. */
export function PersonRow({
  person,
  onAsk,
}: {
  person: PersonRecord;
  onAsk: (question: PersonQuestion) => void;
}) {
  const me = useMe();
  const { username, displayName, role, may } = person;
  const items: MenuItem[] = may.roles.map((one) => ({
    label: one === 'member' ? 'Make member' : `Make ${roleNames[one].toLowerCase()}`,
    icon: ShieldCheck,
    onSelect: () => onAsk({ kind: 'role', person, role: one }),
  }));
  if (may.resetPassword) {
    items.push({
      label: 'Reset password',
      icon: KeyRound,
      onSelect: () => onAsk({ kind: 'password', person }),
    });
  }
  if (may.remove) {
    items.push(
      { separator: 'remove' },
      { label: 'Remove', icon: UserMinus, danger: true, onSelect: () => onAsk({ kind: 'remove', person }) },
    );
  }
  return (
    <AdminRow
      actions={
        items.length > 0 && (
          <Menu
            items={items}
            trigger={
              <IconButton label={`Actions for ${username}`} tooltip={false}>
                <EllipsisVertical size={18} aria-hidden="true" />
              </IconButton>
            }
          />
        )
      }
    >
      <Avatar name={username} nameColor={person.nameColor} avatarFile={person.avatarFile} />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2">
          <span className="truncate font-medium">{displayName ?? username}</span>
          {person.id === me.id && <span className="shrink-0 text-ink-muted">(you)</span>}
          {role !== 'member' && <Tag>{roleNames[role]}</Tag>}
        </p>
        <p className="truncate text-sm text-ink-muted">{detailsOf(person).join(' · ')}</p>
      </div>
    </AdminRow>
  );
}

function detailsOf({ username, displayName, email, hasPassword, createdAt, lastUsedAt }: PersonRecord) {
  return [
    ...(displayName ? [`@${username}`] : []),
    ...(email ? [email] : []),
    ...(hasPassword ? [] : ['no password']),
    lastUsedAt === null ? `since ${dayOf(createdAt)}, not signed in` : `last seen ${dayOf(lastUsedAt)}`,
  ];
}
