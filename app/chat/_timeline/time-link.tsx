'use client';

import { useConversation, useMe } from '#app/_live/hooks.ts';
import type { Message } from '#app/_live/model.ts';
import { classes } from '#app/_ui/classes.ts';
import { AppLink } from '#app/chat/_shell/app-link.tsx';
import { messagePath } from '#app/chat/_shell/place.ts';
import { clockTime, fullTime } from '#app/chat/_timeline/time.ts';

/** When a message was sent, as the link to it. It is also how the Tab key comes to a message and its tools. */
export function TimeLink({ message, date, className }: { message: Message; date: Date; className?: string }) {
  const conversation = useConversation(message.conversationId);
  const me = useMe();
  return (
    <AppLink
      href={conversation ? messagePath(conversation, me.id, message) : '#'}
      title={fullTime(date)}
      className={classes(
        'shrink-0 rounded-sm text-ink-faint tabular-nums hover:text-ink hover:underline',
        className,
      )}
    >
      <time dateTime={date.toISOString()}>{clockTime(date)}</time>
    </AppLink>
  );
}
