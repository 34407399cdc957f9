'use client';

import { useAccounts, useConversation, useMe, useStanding } from '#app/_live/hooks.ts';
import type { Message, Person } from '#app/_live/model.ts';
import { Avatar } from '#app/_ui/avatar.tsx';
import { AppLink } from '#app/chat/_shell/app-link.tsx';
import { threadPath } from '#app/chat/_shell/place.ts';
import { agoOf } from '#app/chat/_timeline/time.ts';

const MOST_FACES = 4;

/** Under a message: how many replies it has, by whom, when the last one came. Leads to them. */
export function ThreadSummary({
  message,
  thread,
}: {
  message: Message;
  thread: NonNullable<Message['thread']>;
}) {
  const me = useMe();
  const conversation = useConversation(message.conversationId);
  const standing = useStanding(message.id);
  if (!conversation) return null;
  const { replyCount, lastReplyAt, people } = thread;
  const unread = standing?.unread ?? 0;
  return (
    <AppLink
      href={threadPath(conversation, me.id, message.id)}
      className="mt-1 -ml-1.5 flex min-h-8 w-fit max-w-full flex-wrap items-center gap-x-2 rounded-control px-1.5 py-0.5 text-sm hover:bg-pressed touch:min-h-11"
    >
      <Faces people={people} />
      <span className="font-medium text-accent-ink">{replyWords(replyCount)}</span>
      {unread > 0 && <span className="font-medium text-danger-ink">{unread} new</span>}
      <span className="text-xs text-ink-muted">last {agoOf(lastReplyAt, new Date())}</span>
    </AppLink>
  );
}

export function replyWords(count: number): string {
  return `${count} ${count === 1 ? 'reply' : 'replies'}`;
}

/** Who has replied, a few of them. */
function Faces({ people }: { people: readonly Person[] }) {
  const accounts = useAccounts();
  return (
    <span aria-hidden="true" className="flex gap-0.5">
      {people.slice(0, MOST_FACES).map((person) => {
        const account = accounts.get(person.id);
        return (
          <Avatar
            key={person.id}
            name={person.name}
            nameColor={account?.nameColor}
            avatarFile={account?.avatarFile}
            size="small"
          />
        );
      })}
    </span>
  );
}
