'use client';

import { UserPlus } from 'lucide-react';
import { useId } from 'react';
import { useAccount, useMe, usePresence } from '#app/_live/hooks.ts';
import type { ConversationView, Person } from '#app/_live/model.ts';
import { Avatar } from '#app/_ui/avatar.tsx';
import { Button } from '#app/_ui/button.tsx';
import { presenceWord } from '#app/_ui/presence-dot.tsx';
import { AppLink } from '#app/chat/_shell/app-link.tsx';
import { useMembers } from '#app/chat/_shell/members/use-members.ts';
import { SidePanel } from '#app/chat/_shell/panel/side-panel.tsx';
import { usePanel } from '#app/chat/_shell/panel/use-panel.ts';
import { useShell } from '#app/chat/_shell/shell-state.tsx';

/** Everybody in the conversation; each leads to a direct conversation with them. */
export function MembersPanel({ conversation }: { conversation: ConversationView }) {
  const { openDialog } = useShell();
  const { show } = usePanel();
  const members = useMembers(conversation);
  return (
    <SidePanel title="Members" onClose={() => show(null)}>
      {conversation.may.addMembers && (
        <div className="px-4 pt-3">
          <Button wide onClick={() => openDialog({ kind: 'add-member', conversationId: conversation.id })}>
            <UserPlus size={16} aria-hidden="true" />
            Add member
          </Button>
        </div>
      )}
      <ul aria-label="Members" aria-busy={members === null} className="min-h-0 flex-1 overflow-y-auto p-2">
        {members?.map((person) => (
          <Member key={person.id} person={person} />
        ))}
        {members === null && <MemberSkeletons />}
      </ul>
    </SidePanel>
  );
}

function Member({ person }: { person: Person }) {
  const me = useMe();
  const account = useAccount(person.id);
  const presence = usePresence(person.id);
  const descriptionId = useId();
  const isMe = person.id === me.id;
  const row = (
    <>
      <Avatar
        name={person.name}
        nameColor={account?.nameColor}
        avatarFile={account?.avatarFile}
        presence={presence}
        className="size-8"
      />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">
          {person.name}
          {account?.displayName && (
            <span className="ml-2 text-sm font-normal text-ink-muted">{account.displayName}</span>
          )}
        </span>
        {account?.bio && <span className="block truncate text-xs text-ink-muted">{account.bio}</span>}
      </span>
      {isMe && <span className="text-xs text-ink-faint">you</span>}
    </>
  );
  const look = 'flex min-h-11 items-center gap-3 rounded-control px-2 py-1.5 -outline-offset-2';
  return (
    <li aria-label={person.name} aria-describedby={descriptionId}>
      {isMe ? (
        <div className={look}>{row}</div>
      ) : (
        <AppLink
          href={`/chat/dm/${encodeURIComponent(person.name)}`}
          aria-describedby={descriptionId}
          className={`${look} hover:bg-hover`}
        >
          {row}
        </AppLink>
      )}
      <span id={descriptionId} hidden>
        {presenceWord(presence)}
      </span>
    </li>
  );
}

function MemberSkeletons() {
  return ['w-24', 'w-32', 'w-20', 'w-28'].map((width) => (
    <li key={width} aria-hidden="true" className="appear-late flex h-11 items-center gap-3 px-2">
      <span className="skeleton size-8" />
      <span className={`skeleton h-3.5 ${width}`} />
    </li>
  ));
}
