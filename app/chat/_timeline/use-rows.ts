'use client';

import { useEffect, useMemo, useState } from 'react';
import { useMe, usePending } from '#app/_live/hooks.ts';
import type { Timeline } from '#app/_live/model.ts';
import { personOf } from '#app/_live/person.ts';
import { buildRows, type PlacedRow } from '#app/chat/_timeline/rows.ts';

/** The rows of a loaded timeline; made anew when midnight turns "Today" into a date. */
export function useRows(
  conversationId: number,
  timeline: Timeline,
  newAfter: number | null,
): readonly PlacedRow[] {
  const { id, username, displayName } = useMe();
  const pending = usePending(conversationId, null);
  const today = useToday();
  return useMemo(() => {
    const { messages, hasOlder, hasNewer } = timeline;
    const me = personOf({ id, username, displayName });
    return buildRows({ messages, pending, hasOlder, hasNewer, newAfter, me, today });
  }, [timeline, pending, newAfter, id, username, displayName, today]);
}

export function useToday(): Date {
  const [today, setToday] = useState(() => new Date());
  useEffect(() => {
    const midnight = new Date(today.getFullYear(), today.getMonth(), today.getDate() + 1);
    const timer = setTimeout(() => setToday(new Date()), midnight.getTime() - Date.now() + 1_000);
    return () => clearTimeout(timer);
  }, [today]);
  return today;
}
