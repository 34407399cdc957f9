'use client';

import '#app/chat/_timeline/timeline.css';
import { BellOff, Check } from 'lucide-react';
import {
  useAccount,
  useActions,
  useAuthorName,
  useConversation,
  useMe,
  useStanding,
} from '#app/_live/hooks.ts';
import type { Message } from '#app/_live/model.ts';
import { conversationName } from '#app/_live/places.ts';
import { authorName } from '#app/_live/shown.ts';
import { Avatar } from '#app/_ui/avatar.tsx';
import { Badge } from '#app/_ui/badge.tsx';
import { BotBadge, BotPicture } from '#app/_ui/bot.tsx';
import { IconButton } from '#app/_ui/button.tsx';
import { classes } from '#app/_ui/classes.ts';
import { Markdown } from '#app/_ui/markdown/markdown.tsx';
import { PersonName } from '#app/_ui/person-name.tsx';
import { toast } from '#app/_ui/toast-store.ts';
import { AppLink } from '#app/chat/_shell/app-link.tsx';
import { messagePath, threadPath } from '#app/chat/_shell/place.ts';
import { excerpt } from '#app/chat/_timeline/excerpt.ts';
import { problemOf } from '#app/chat/_timeline/problem-words.ts';
import { replyWords } from '#app/chat/_timeline/thread-summary.tsx';
import { clockTime, dateOf, dayName, fullTime } from '#app/chat/_timeline/time.ts';
import type { ThreadView } from '#server/domain/threads/list-threads';

/** One thread of mine: where it is, what it is about, what was said last, and what can be done with it. */
export function FollowedThread({ thread }: { thread: ThreadView }) {
  const me = useMe();
  const conversation = useConversation(thread.conversationId);
  const standing = useStanding(thread.rootId);
  if (!conversation) return null;
  const { root, recent } = thread;
  const unread = standing?.unread ?? thread.unread;
  const name = conversationName(conversation, me.id);
  const href = threadPath(conversation, me.id, root.id);
  const earlier = (root.thread?.replyCount ?? recent.length) - recent.length;
  return (
    <li
      aria-label={`Thread in ${name}${unread > 0 ? `, ${unread} unread` : ''}`}
      className="overflow-hidden rounded-panel border border-line bg-canvas"
    >
      <div className="flex min-h-11 items-center gap-2 border-b border-line py-1 pr-1 pl-4">
        <AppLink
          href={href}
          className={classes('min-w-0 flex-1 truncate hover:underline', unread > 0 && 'font-semibold')}
        >
          {name}
          <span className="sr-only">: open the thread </span>
          <span className="ml-2 text-sm font-normal text-ink-muted">
            {replyWords(root.thread?.replyCount ?? 0)}
          </span>
        </AppLink>
        <Badge count={unread} strong />
        <Actions rootId={root.id} unread={unread} />
      </div>
      <div className="grid grid-cols-1 gap-1 p-2">
        <Said message={root} href={messagePath(conversation, me.id, root)} />
        {earlier > 0 && (
          <AppLink
            href={href}
            className="ml-13 w-fit rounded-sm px-1 text-sm text-accent-ink hover:underline touch:py-2"
          >
            {earlier} earlier {earlier === 1 ? 'reply' : 'replies'}
          </AppLink>
        )}
        <div className="grid grid-cols-1 gap-1 pl-4 md:pl-11">
          {recent.map((reply) => (
            <Said
              key={reply.id}
              message={reply}
              href={messagePath(conversation, me.id, reply)}
              isNew={
                unread > 0 && reply.seq > (standing?.readSeq ?? thread.readSeq) && reply.sender?.id !== me.id
              }
            />
          ))}
        </div>
        <AppLink
          href={href}
          className="mt-1 ml-4 flex h-8 w-fit items-center rounded-control border border-line-strong px-3 text-sm font-medium hover:bg-hover md:ml-13 touch:h-11"
        >
          Open thread
        </AppLink>
      </div>
    </li>
  );
}

function Actions({ rootId, unread }: { rootId: number; unread: number }) {
  const { markThreadRead, followThread } = useActions();
  const unfollow = () =>
    followThread(rootId, false).catch((error: unknown) => toast(problemOf(error), { tone: 'problem' }));
  return (
    <span className="flex shrink-0">
      {unread > 0 && (
        <IconButton label="Mark read" onClick={() => markThreadRead(rootId)}>
          <Check size={17} aria-hidden="true" />
        </IconButton>
      )}
      <IconButton label="Unfollow thread" onClick={() => void unfollow()}>
        <BellOff size={16} aria-hidden="true" />
      </IconButton>
    </span>
  );
}

/** One message of a thread, short: the whole of it is where the time leads. */
function Said({ message, href, isNew = false }: { message: Message; href: string; isNew?: boolean }) {
  const account = useAccount(message.sender?.id ?? 0);
  const date = dateOf(message.createdAt);
  const name = authorName(message);
  const time = clockTime(date);
  return (
    <article
      aria-label={`${name}, ${time}`}
      className={classes('flex gap-3 rounded-control p-2', isNew && 'bg-accent-soft')}
    >
      {message.bot ? (
        <BotPicture className="size-8" />
      ) : (
        <Avatar
          name={name}
          nameColor={account?.nameColor}
          avatarFile={account?.avatarFile}
          className="size-8"
        />
      )}
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2 leading-5">
          <PersonName
            name={name}
            shown={useAuthorName(message)}
            nameColor={account?.nameColor}
            className="truncate font-semibold"
          />
          {message.bot && <BotBadge />}
          <AppLink
            href={href}
            title={fullTime(date)}
            className="shrink-0 rounded-sm text-xs text-ink-faint hover:text-ink hover:underline"
          >
            <time dateTime={date.toISOString()}>
              {dayName(date, new Date()) === 'Today' ? time : dayName(date, new Date())}
            </time>
          </AppLink>
        </div>
        {/* cut short by its height, not by its words: half a code block is no code block */}
        <div className="thread-excerpt">
          <Markdown text={message.text ?? excerpt(message)} />
        </div>
      </div>
    </article>
  );
}
