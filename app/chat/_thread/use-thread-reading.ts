'use client';

import { useEffect, useState } from 'react';
import { useActions, useStanding } from '#app/_live/hooks.ts';
import { useAttention } from '#app/chat/_timeline/use-attention.ts';

/**
 * Marks a thread read while somebody looks at it, and remembers behind which reply (by its `seq`) the unread ones
 * began; null if none were.
 */
export function useThreadReading(rootId: number): number | null {
  const standing = useStanding(rootId);
  const { markThreadRead } = useActions();
  const attention = useAttention();
  const unread = standing?.following ? standing.unread : 0;
  const readSeq = standing?.readSeq ?? 0;
  const [newAfter, setNewAfter] = useState<number | null>(unread > 0 ? readSeq : null);

  // What comes in while nobody looks begins a line as well.
  const isFreshlyUnread = unread > 0 && !attention;
  useEffect(() => {
    if (isFreshlyUnread) setNewAfter((line) => line ?? readSeq);
  }, [isFreshlyUnread, readSeq]);

  useEffect(() => {
    if (attention && unread > 0) markThreadRead(rootId);
  }, [attention, unread, rootId, markThreadRead]);

  return newAfter;
}
