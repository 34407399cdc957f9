'use client';

import { MessageSquareText } from 'lucide-react';
import { useConversation, useMe } from '#app/_live/hooks.ts';
import type { Message } from '#app/_live/model.ts';
import { AppLink } from '#app/chat/_shell/app-link.tsx';
import { threadPath } from '#app/chat/_shell/place.ts';
import { excerpt } from '#app/chat/_timeline/excerpt.ts';
import { useMessage } from '#app/chat/_timeline/use-message.ts';

/** Above a reply that was sent to the channel as well: the thread that it is in, and the way there. */
export function ThreadQuote({ message, rootId }: { message: Message; rootId: number }) {
  const me = useMe();
  const conversation = useConversation(message.conversationId);
  const root = useMessage(message.conversationId, rootId);
  if (!conversation) return null;
  return (
    <div className="mb-0.5 flex h-5 items-center gap-1.5 pl-12 text-sm text-ink-muted touch:h-8">
      <MessageSquareText size={13} aria-hidden="true" className="shrink-0 text-ink-faint" />
      <AppLink
        href={threadPath(conversation, me.id, rootId)}
        className="min-w-0 truncate rounded-sm hover:text-ink hover:underline"
      >
        Replied in a thread
        {root && root.deletedAt === null && (
          <>
            : <span dir="auto">{excerpt(root)}</span>
          </>
        )}
      </AppLink>
    </div>
  );
}
