'use client';

import { useCallback, useEffect, useState } from 'react';
import { useActions, useConversation } from '#app/_live/hooks.ts';
import { useAttention } from '#app/chat/_timeline/use-attention.ts';

/**
 * Marks a conversation read while somebody looks at it, and remembers where the unread part began, for the line
 * "New messages". The line stays until the conversation is left. After marking something unread by hand nothing is
 * read by itself any more.
 */
export function useReading(conversationId: number, isReady: boolean) {
  const conversation = useConversation(conversationId);
  const { markRead } = useActions();
  const attention = useAttention();
  const [keepsUnread, setKeepsUnread] = useState(false);
  const unread = conversation?.unread ?? 0;
  const readSeq = conversation?.readSeq ?? 0;
  const [newAfter, setNewAfter] = useState<number | null>(unread > 0 ? readSeq : null);

  // The line is drawn where the mark stood before anything below it was read.
  const isFreshlyUnread = unread > 0 && (keepsUnread || !attention);
  useEffect(() => {
    if (isFreshlyUnread) setNewAfter((line) => (line === null || readSeq < line ? readSeq : line));
  }, [isFreshlyUnread, readSeq]);

  useEffect(() => {
    if (isReady && attention && unread > 0 && !keepsUnread) markRead(conversationId);
  }, [isReady, attention, unread, keepsUnread, conversationId, markRead]);

  const keepUnread = useCallback(() => {
    setNewAfter(null);
    setKeepsUnread(true);
  }, []);
  return { newAfter, keepUnread };
}
