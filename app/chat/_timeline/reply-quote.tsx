'use client';

import { Reply } from 'lucide-react';
import { useAccount, useAuthorName } from '#app/_live/hooks.ts';
import type { Message } from '#app/_live/model.ts';
import { authorName } from '#app/_live/shown.ts';
import { PersonName } from '#app/_ui/person-name.tsx';
import { useConversationActions } from '#app/chat/_timeline/conversation-state.tsx';
import { excerpt } from '#app/chat/_timeline/excerpt.ts';
import { useMessage } from '#app/chat/_timeline/use-message.ts';

/** The message that is answered, in one line; a click goes to it. */
export function ReplyQuote({ conversationId, messageId }: { conversationId: number; messageId: number }) {
  const { jumpTo } = useConversationActions();
  const parent = useMessage(conversationId, messageId);
  const isGone =
    parent === null || (parent && (parent.deletedAt !== null || parent.conversationId !== conversationId));
  return (
    <div className="mb-0.5 flex h-5 items-center gap-1.5 pl-12 text-sm text-ink-muted">
      <Reply size={14} aria-hidden="true" className="shrink-0 -scale-x-100 text-ink-faint" />
      {parent && !isGone ? (
        <button
          type="button"
          onClick={() => jumpTo(messageId)}
          className="flex min-w-0 items-center gap-1.5 rounded-sm text-left hover:text-ink"
        >
          <QuotedName message={parent} />
          <span dir="auto" className="truncate">
            {excerpt(parent)}
          </span>
        </button>
      ) : (
        <span className="truncate italic">{wordsFor(parent)}</span>
      )}
    </div>
  );
}

function QuotedName({ message }: { message: Message }) {
  const account = useAccount(message.sender?.id ?? 0);
  const name = authorName(message);
  const shown = useAuthorName(message);
  return (
    <PersonName name={name} shown={shown} nameColor={account?.nameColor} className="shrink-0 font-medium" />
  );
}

function wordsFor(parent: Message | null | undefined): string {
  if (parent === undefined) return 'Loading the message…';
  if (parent === null) return 'The message is not available';
  return parent.deletedAt === null ? 'The message is not available' : 'The message was deleted';
}
