'use client';

import '#app/chat/_timeline/timeline.css';
import { Pin, PinOff } from 'lucide-react';
import { useAccount, useActions, useAuthorName, useMe } from '#app/_live/hooks.ts';
import type { ConversationView, Message } from '#app/_live/model.ts';
import { authorName } from '#app/_live/shown.ts';
import { Avatar } from '#app/_ui/avatar.tsx';
import { BotBadge, BotPicture } from '#app/_ui/bot.tsx';
import { IconButton } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { PersonName } from '#app/_ui/person-name.tsx';
import { Problem } from '#app/_ui/problem.tsx';
import { toast } from '#app/_ui/toast-store.ts';
import { AppLink } from '#app/chat/_shell/app-link.tsx';
import { SidePanel } from '#app/chat/_shell/panel/side-panel.tsx';
import { usePanel } from '#app/chat/_shell/panel/use-panel.ts';
import { usePins } from '#app/chat/_shell/pins/use-pins.ts';
import { messagePath } from '#app/chat/_shell/place.ts';
import { isPhone } from '#app/chat/_shell/use-is-phone.ts';
import { MessageBody } from '#app/chat/_timeline/message-body.tsx';
import { problemOf } from '#app/chat/_timeline/problem-words.ts';
import { Skeletons } from '#app/chat/_timeline/skeletons.tsx';
import { dateOf, fullTime } from '#app/chat/_timeline/time.ts';

/** What is pinned in the conversation, the latest pin first; each leads to its message. */
export function PinsPanel({ conversation }: { conversation: ConversationView }) {
  const { show } = usePanel();
  const { pins, hasFailed } = usePins(conversation.id);
  return (
    <SidePanel title="Pins" onClose={() => show(null)}>
      {hasFailed && <Problem text="The pins could not be loaded." className="m-3" />}
      {pins?.length === 0 && (
        <EmptyState icon={<Pin size={28} aria-hidden="true" />} title="Nothing is pinned">
          “Pin” in the menu of a message keeps it here for everybody.
        </EmptyState>
      )}
      {pins === null && !hasFailed && <Skeletons count={3} />}
      <ul aria-label="Pins" aria-busy={pins === null} className="min-h-0 flex-1 overflow-y-auto p-2">
        {pins?.map((message) => (
          <PinnedMessage key={message.id} message={message} conversation={conversation} />
        ))}
      </ul>
    </SidePanel>
  );
}

function PinnedMessage({ message, conversation }: { message: Message; conversation: ConversationView }) {
  const me = useMe();
  const account = useAccount(message.sender?.id ?? 0);
  const { setPinned } = useActions();
  const { show } = usePanel();
  const name = authorName(message);
  const date = dateOf(message.createdAt);
  const unpin = () =>
    setPinned(message.id, false).catch((error: unknown) => toast(problemOf(error), { tone: 'problem' }));
  return (
    <li className="mb-2 rounded-control border border-line p-3">
      <div className="flex items-center gap-2">
        {message.bot ? (
          <BotPicture className="size-6" />
        ) : (
          <Avatar name={name} nameColor={account?.nameColor} avatarFile={account?.avatarFile} size="small" />
        )}
        <PersonName
          name={name}
          shown={useAuthorName(message)}
          nameColor={account?.nameColor}
          className="min-w-0 flex-1 truncate font-semibold"
        />
        {message.bot && <BotBadge />}
        <IconButton label="Unpin" size="small" onClick={() => void unpin()}>
          <PinOff size={15} aria-hidden="true" />
        </IconButton>
      </div>
      <div className="my-1 max-h-60 overflow-y-auto">
        <MessageBody message={message} />
      </div>
      <AppLink
        href={messagePath(conversation, me.id, message)}
        onClick={() => {
          // on a phone the panel lies over what it leads to
          if (isPhone()) show(null);
        }}
        className="text-xs text-ink-muted hover:text-ink hover:underline touch:inline-block touch:py-2"
      >
        {fullTime(date)}
        <span className="sr-only">: go to the message</span>
      </AppLink>
    </li>
  );
}
