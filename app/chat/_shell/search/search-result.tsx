'use client';

import { useAccount, useConversation, useMe } from '#app/_live/hooks.ts';
import type { Message } from '#app/_live/model.ts';
import { conversationName } from '#app/_live/places.ts';
import { authorName } from '#app/_live/shown.ts';
import { Avatar } from '#app/_ui/avatar.tsx';
import { BotBadge, BotPicture } from '#app/_ui/bot.tsx';
import { AppLink } from '#app/chat/_shell/app-link.tsx';
import { messagePath } from '#app/chat/_shell/place.ts';
import { snippet } from '#app/chat/_shell/search/search-filters.ts';

type Props = { message: Message; sought: string; onOpen?: () => void };

/** One message somewhere: who, where, when, and the part of it that matters. Opening it leads to it. */
export function SearchResult({ message, sought, onOpen }: Props) {
  const me = useMe();
  const conversation = useConversation(message.conversationId);
  const account = useAccount(message.sender?.id ?? 0);
  if (!conversation) return null;
  const sender = authorName(message);
  const sent = new Date(message.createdAt / 1_000);
  return (
    <li>
      <AppLink
        href={messagePath(conversation, me.id, message)}
        data-search-result=""
        onClick={onOpen}
        className="flex gap-3 rounded-control p-2 -outline-offset-2 hover:bg-hover focus-visible:bg-hover"
      >
        {message.bot ? (
          <BotPicture className="mt-0.5 size-8" />
        ) : (
          <Avatar
            name={sender}
            nameColor={account?.nameColor}
            avatarFile={account?.avatarFile}
            className="mt-0.5 size-8"
          />
        )}
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <span className="truncate font-medium">{sender}</span>
            {message.bot && <BotBadge />}
            <span className="truncate text-xs text-ink-muted">
              in {message.threadRootId !== null && 'a thread of '}
              {conversationName(conversation, me.id)}
            </span>
            <time
              dateTime={sent.toISOString()}
              className="ml-auto shrink-0 text-xs text-ink-faint"
              suppressHydrationWarning
            >
              {timeFormat.format(sent)}
            </time>
          </span>
          <span className="line-clamp-2 text-sm break-words text-ink-muted">
            {snippet(message.text ?? fileNames(message), sought).map((piece) =>
              piece.isMatch ? (
                <mark key={piece.at} className="rounded-sm bg-highlight font-medium text-ink">
                  {piece.text}
                </mark>
              ) : (
                piece.text
              ),
            )}
          </span>
        </span>
      </AppLink>
    </li>
  );
}

const timeFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

function fileNames(message: Message): string {
  return message.files.map(({ originalName }) => originalName).join(', ');
}
