'use client';

import type { Message } from '#app/_live/model.ts';
import { MessageRow } from '#app/chat/_timeline/message-row.tsx';
import { replyWords } from '#app/chat/_timeline/thread-summary.tsx';

/** The message that a thread begins with, and how much follows. */
export function ThreadRoot({ message, isEditing }: { message: Message; isEditing: boolean }) {
  const count = message.thread?.replyCount ?? 0;
  return (
    <div className="pt-2">
      <MessageRow message={message} isHead isEditing={isEditing} isTarget={false} />
      <div className="mt-2 mb-1 flex items-center gap-3 px-5 text-xs text-ink-muted">
        <span>{count === 0 ? 'No replies yet' : replyWords(count)}</span>
        <span aria-hidden="true" className="h-px flex-1 bg-line" />
      </div>
    </div>
  );
}
