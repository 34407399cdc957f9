'use client';

import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ConversationView, Timeline } from '#app/_live/model.ts';
import { useConversationState } from '#app/chat/_timeline/conversation-state.tsx';
import { JumpPills } from '#app/chat/_timeline/jump-pills.tsx';
import { indexAfter, indexOfMessage, type Row } from '#app/chat/_timeline/rows.ts';
import { Skeletons } from '#app/chat/_timeline/skeletons.tsx';
import { TimelineRow } from '#app/chat/_timeline/timeline-row.tsx';
import { useAnchoredList } from '#app/chat/_timeline/use-anchored-list.ts';
import { useRows } from '#app/chat/_timeline/use-rows.ts';
import { useScrollPosition } from '#app/chat/_timeline/use-scroll-position.ts';
import { useSettled } from '#app/chat/_timeline/use-settled.ts';

/** Where to scroll: the end, a message, the first one after a place. */
export type Goal = { kind: 'end' } | { kind: 'message'; id: number } | { kind: 'after'; seq: number };

/** As tall as the skeletons that stand above the first row. */
const ROOM_ABOVE = 228;
const SKELETONS_ABOVE = 4;

type Props = {
  name: string;
  conversation: ConversationView;
  timeline: Timeline;
  /** messages after this `seq` are new to me; null draws no line */
  newAfter: number | null;
  /** the message to highlight */
  targetId: number | null;
  /** where to go as soon as it is loaded; a list without one begins at its end */
  goal: Goal | null;
  onGoalReached: () => void;
  onJumpToLatest: () => void;
  onJumpToFirstUnread: () => void;
};

/** A loaded piece of a conversation, as a list that scrolls. */
export function MessageList(props: Props) {
  const { name, conversation, timeline, newAfter, targetId, goal, onGoalReached } = props;
  const { editingId } = useConversationState();
  const rows = useRows(conversation.id, timeline, newAfter);
  const scroller = useRef<HTMLDivElement>(null);
  const editedIndex = useMemo(
    () => (editingId === null ? -1 : indexOfMessage(rows, editingId)),
    [rows, editingId],
  );
  const list = useAnchoredList(rows, scroller, editedIndex, {
    roomAbove: timeline.hasOlder ? ROOM_ABOVE : 0,
    hasNewer: timeline.hasNewer,
  });
  const [journey, setJourney] = useState<Goal | null>(null);
  const isSettled = useSettled(journey);
  const position = useScrollPosition({ conversation, timeline, rows, newAfter, list, scroller, isSettled });

  const hasBegun = useRef(false);
  useLayoutEffect(() => {
    const next = goal ?? (hasBegun.current ? null : { kind: 'end' as const });
    hasBegun.current = true;
    if (!next) return;
    if (next.kind === 'end') list.scrollToEnd();
    else {
      const index = indexOfGoal(rows, next);
      if (index < 0) return;
      // in the middle: what comes before gives context, and heights still unknown above can't push it out of sight
      list.scrollToIndex(index, { align: 'center' });
    }
    setJourney(next);
    if (goal) onGoalReached();
  }, [goal, onGoalReached, rows, list]);

  // Whoever sends wants to see it, wherever they had scrolled to.
  const lastRow = rows.at(-1);
  const sentKey = lastRow?.kind === 'pending' ? lastRow.key : null;
  useLayoutEffect(() => {
    if (sentKey) list.scrollToEnd();
  }, [sentKey, list]);

  return (
    <>
      <div
        ref={scroller}
        role="log"
        aria-label={`Messages in ${name}`}
        // Scrolling through the past brings rows too; only what arrives at the end is news.
        aria-live={position.isAtEnd ? 'polite' : 'off'}
        aria-relevant="additions"
        className="timeline absolute inset-0 flex flex-col overflow-x-hidden overflow-y-auto overscroll-contain"
      >
        <div ref={list.containerRef} className="relative mt-auto w-full shrink-0">
          {timeline.hasOlder && (
            <div className="absolute inset-x-0 top-0">
              <Skeletons count={SKELETONS_ABOVE} />
            </div>
          )}
          {list.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return (
              row && (
                <div
                  key={item.key}
                  ref={list.measureElement}
                  data-index={item.index}
                  className="absolute inset-x-0"
                >
                  <TimelineRow
                    row={row}
                    name={name}
                    conversation={conversation}
                    editingId={editingId}
                    targetId={targetId}
                  />
                </div>
              )
            );
          })}
        </div>
      </div>
      <JumpPills
        position={position}
        onLatest={props.onJumpToLatest}
        onFirstUnread={props.onJumpToFirstUnread}
      />
    </>
  );
}

function indexOfGoal(rows: readonly Row[], goal: Exclude<Goal, { kind: 'end' }>): number {
  return goal.kind === 'message' ? indexOfMessage(rows, goal.id) : indexAfter(rows, goal.seq);
}
