'use client';

import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useActions, useLiveState, useMe } from '#app/_live/hooks.ts';
import type { ConversationView, Message, Timeline } from '#app/_live/model.ts';
import { isShown } from '#app/_live/shown.ts';
import type { Row } from '#app/chat/_timeline/rows.ts';
import { AT_END_PX, type useAnchoredList } from '#app/chat/_timeline/use-anchored-list.ts';

/** This many rows from the edge of what is loaded, the next page is asked for. */
const ROWS_AHEAD = 12;

export type ScrollPosition = {
  isAtEnd: boolean;
  /** messages by others that came in below since the end was left */
  arrived: number;
  /** the first unread message lies above the view */
  isUnreadAbove: boolean;
};

type Input = {
  conversation: ConversationView;
  timeline: Timeline;
  rows: readonly Row[];
  newAfter: number | null;
  list: ReturnType<typeof useAnchoredList>;
  scroller: RefObject<HTMLDivElement | null>;
  /** false while the list is on its way somewhere: no pages are loaded then */
  isSettled: boolean;
};

/** Where in the conversation the view is; loads the next page of either direction before it is reached. */
export function useScrollPosition(input: Input): ScrollPosition {
  const { conversation, timeline, rows, newAfter, list, scroller, isSettled } = input;
  const { loadOlder, loadNewer } = useActions();
  const me = useMe();
  const [isNearEnd, setNearEnd] = useState(true);
  const [firstVisible, setFirstVisible] = useState(0);
  const isAtEnd = isNearEnd && !timeline.hasNewer;

  const { range } = list;
  // A page of nothing but replies in threads has no rows at all.
  const isNearTop = isSettled && (rows.length === 0 || (range !== null && range.startIndex < ROWS_AHEAD));
  const isNearBottom =
    isSettled && (rows.length === 0 || (range !== null && range.endIndex > rows.length - 1 - ROWS_AHEAD));
  useEffect(() => {
    if (isNearTop && timeline.hasOlder && !timeline.loadingOlder) void loadOlder(conversation.id);
  }, [isNearTop, timeline, conversation.id, loadOlder]);
  useEffect(() => {
    if (isNearBottom && timeline.hasNewer && !timeline.loadingNewer) void loadNewer(conversation.id);
  }, [isNearBottom, timeline, conversation.id, loadNewer]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => {
      setNearEnd(element.scrollHeight - element.scrollTop - element.clientHeight <= AT_END_PX);
      setFirstVisible(list.getVirtualItemForOffset(element.scrollTop)?.index ?? 0);
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    return () => element.removeEventListener('scroll', look);
  }, [list, scroller]);

  // While the end is in view everything is seen; what comes after it was left is counted.
  const counted = useLiveState((state) => state.counted.get(conversation.id) ?? 0);
  const seen = useRef({ seq: conversation.lastSeq, counted });
  if (isAtEnd) seen.current = { seq: conversation.lastSeq, counted };
  // Opened in the middle, the newest messages are not here to be looked at: then those that were delivered count.
  const arrived = timeline.hasNewer
    ? counted - seen.current.counted
    : countArrived(timeline, seen.current.seq, me.id);

  const lineIndex = useMemo(() => rows.findIndex((row) => row.kind === 'message' && row.lead.isNew), [rows]);
  const firstSeq = timeline.messages[0]?.seq ?? 0;
  const isLineUnloaded = newAfter !== null && timeline.hasOlder && firstSeq > newAfter + 1;
  return { isAtEnd, arrived, isUnreadAbove: isLineUnloaded || (lineIndex >= 0 && lineIndex < firstVisible) };
}

function countArrived(timeline: Timeline, seenSeq: number, myId: number): number {
  const isNews = (message: Message) =>
    message.seq > seenSeq && isShown(message) && message.sender?.id !== myId;
  return timeline.messages.filter(isNews).length;
}
