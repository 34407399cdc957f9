'use client';

import { Hash, Lock, X } from 'lucide-react';
import { memo, useId } from 'react';
import { useAccounts, useLive, useMe, usePresence } from '#app/_live/hooks.ts';
import type { ConversationView } from '#app/_live/model.ts';
import { conversationName, conversationPath, otherPeople } from '#app/_live/places.ts';
import { Avatar } from '#app/_ui/avatar.tsx';
import { Badge } from '#app/_ui/badge.tsx';
import { IconButton } from '#app/_ui/button.tsx';
import { classes } from '#app/_ui/classes.ts';
import { presenceWord } from '#app/_ui/presence-dot.tsx';
import { toast } from '#app/_ui/toast-store.ts';
import { AppLink } from '#app/chat/_shell/app-link.tsx';
import { navigate } from '#app/chat/_shell/navigate.ts';
import { firstOf } from '#app/chat/_shell/place.ts';

type Props = { conversation: ConversationView; isOpen: boolean };

/** One conversation of the sidebar, named as people call it, with what is unread in it. */
export const ConversationLink = memo(function ConversationLink({ conversation, isOpen }: Props) {
  const me = useMe();
  const presenceId = useId();
  const name = conversationName(conversation, me.id);
  const isDirect = conversation.kind === 'direct';
  const { unread } = conversation;
  return (
    <li className="group relative">
      <AppLink
        href={conversationPath(conversation, me.id)}
        aria-label={unread > 0 ? `${name}, ${unread} unread` : name}
        aria-current={isOpen ? 'page' : undefined}
        aria-describedby={isDirect ? presenceId : undefined}
        className={classes(
          'flex h-8 items-center gap-2 rounded-control pr-2 pl-2 -outline-offset-2 transition-colors touch:h-11',
          'hover:bg-hover aria-[current]:bg-accent-soft aria-[current]:text-accent-ink',
          unread > 0 ? 'font-semibold text-ink' : 'text-ink-muted',
        )}
      >
        {isDirect ? (
          <DirectIcon conversation={conversation} descriptionId={presenceId} />
        ) : (
          <ChannelIcon isPrivate={conversation.visibility === 'private'} />
        )}
        <span className="min-w-0 flex-1 truncate">{name}</span>{' '}
        <span className={classes('flex', isDirect && 'group-focus-within:mr-6 group-hover:mr-6 touch:mr-8')}>
          <Badge count={unread} strong={isDirect || conversation.mentions > 0} />
        </span>
      </AppLink>
      {isDirect && <CloseButton conversation={conversation} name={name} isOpen={isOpen} />}
    </li>
  );
});

function ChannelIcon({ isPrivate }: { isPrivate: boolean }) {
  const Icon = isPrivate ? Lock : Hash;
  return (
    <span className="flex w-6 shrink-0 justify-center opacity-75">
      <Icon size={16} aria-hidden="true" />
    </span>
  );
}

function DirectIcon({
  conversation,
  descriptionId,
}: {
  conversation: ConversationView;
  descriptionId: string;
}) {
  const me = useMe();
  const accounts = useAccounts();
  const others = otherPeople(conversation, me.id);
  const first = others[0];
  const account = first && accounts.get(first.id);
  const presence = usePresence(first?.id ?? 0);
  const isPair = others.length === 1;
  return (
    <>
      {isPair ? (
        <Avatar
          name={first?.name ?? ''}
          nameColor={account?.nameColor}
          avatarFile={account?.avatarFile}
          size="small"
          presence={presence}
        />
      ) : (
        <span
          aria-hidden="true"
          className="flex size-6 shrink-0 items-center justify-center rounded-control bg-pressed text-xs font-semibold"
        >
          {others.length}
        </span>
      )}
      <span id={descriptionId} hidden>
        {isPair ? presenceWord(presence) : `${others.length} people`}
      </span>
    </>
  );
}

/** Closing takes the conversation out of this list only; the next message in it brings it back. */
function CloseButton({
  conversation,
  name,
  isOpen,
}: {
  conversation: ConversationView;
  name: string;
  isOpen: boolean;
}) {
  const { store, actions } = useLive();
  async function close() {
    const { conversations, me } = store.get();
    const next = firstOf([...conversations.values()]);
    if (isOpen && next) navigate(conversationPath(next, me.id));
    try {
      await actions.hideConversation(conversation.id);
    } catch {
      toast(`${name} could not be closed. Try again.`, { tone: 'problem' });
    }
  }
  return (
    <IconButton
      label={`Close ${name}`}
      tooltip="Close"
      size="small"
      onClick={() => void close()}
      className="absolute top-0.5 right-1 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 touch:top-0 touch:right-0 touch:opacity-100"
    >
      <X size={14} aria-hidden="true" />
    </IconButton>
  );
}
