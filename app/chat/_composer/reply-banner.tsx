'use client';

import { Reply, X } from 'lucide-react';
import { authorName } from '#app/_live/shown.ts';
import { IconButton } from '#app/_ui/button.tsx';
import { excerpt } from '#app/chat/_timeline/excerpt.ts';
import { useMessage } from '#app/chat/_timeline/use-message.ts';

type Props = { conversationId: number; messageId: number; onCancel: () => void };

/** Which message the next one answers. */
export function ReplyBanner({ conversationId, messageId, onCancel }: Props) {
  const message = useMessage(conversationId, messageId);
  return (
    <div className="flex items-center gap-2 border-b border-line py-1 pr-1 pl-3 text-sm text-ink-muted">
      <Reply size={15} aria-hidden="true" className="shrink-0" />
      <span className="min-w-0 flex-1 truncate">
        Reply to <span className="font-medium text-ink">{message ? authorName(message) : 'a message'}</span>
        {message && <span dir="auto">: {excerpt(message)}</span>}
      </span>
      <IconButton label="Cancel reply" size="small" onClick={onCancel}>
        <X size={15} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
