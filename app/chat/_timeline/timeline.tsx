'use client';

import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useActions, useMe, useTimeline } from '#app/_live/hooks.ts';
import type { ConversationView } from '#app/_live/model.ts';
import { conversationName } from '#app/_live/places.ts';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { useConversationActions, useConversationState } from '#app/chat/_timeline/conversation-state.tsx';
import { JumpPills } from '#app/chat/_timeline/jump-pills.tsx';
import { indexAfter, indexOfMessage } from '#app/chat/_timeline/rows.ts';
import { Skeletons } from '#app/chat/_timeline/skeletons.tsx';
import { TimelineRow } from '#app/chat/_timeline/timeline-row.tsx';
import { useAnchoredList } from '#app/chat/_timeline/use-anchored-list.ts';
import { useReading } from '#app/chat/_timeline/use-reading.ts';
import { useRows } from '#app/chat/_timeline/use-rows.ts';
import { useScrollPosition } from '#app/chat/_timeline/use-scroll-position.ts';

const FLASH_MS = 2_500;
/** As tall as the skeletons that stand there. */
const ROOM_ABOVE = 228;

/** Where to scroll once it is loaded: the end, a message, the first one after a place. */
type Goal = { kind: 'end' } | { kind: 'message'; id: number } | { kind: 'after'; seq: number };

type Props = {
  conversation: ConversationView;
  /** the message the address points at: opened there, and highlighted */
  messageId: number | null;
};

/** The messages of one conversation. Give it the conversation's id as key: nothing carries over to the next one. */
export function Timeline({ conversation, messageId }: Props) {
  const me = useMe();
  const timeline = useTimeline(conversation.id);
  const { openTimeline, showLatest } = useActions();
  const { editingId } = useConversationState();
  const { register } = useConversationActions();
  const isReady = timeline?.status === 'ready';
  const { newAfter, keepUnread } = useReading(conversation.id, isReady);
  const rows = useRows(conversation.id, timeline, newAfter);
  const scroller = useRef<HTMLDivElement>(null);
  const editedIndex = useMemo(
    () => (editingId === null ? -1 : indexOfMessage(rows, editingId)),
    [rows, editingId],
  );
  const list = useAnchoredList(rows, scroller, editedIndex, timeline?.hasOlder ? ROOM_ABOVE : 0);
  const [flashId, setFlashId] = useState<number | null>(null);
  const [goal, setGoal] = useState<Goal | null>(
    messageId === null ? { kind: 'end' } : { kind: 'message', id: messageId },
  );
  const position = useScrollPosition({ conversation, timeline, rows, newAfter, list, scroller });

  useEffect(() => {
    if (messageId !== null) setGoal({ kind: 'message', id: messageId });
    void openTimeline(conversation.id, messageId === null ? undefined : { messageId });
  }, [conversation.id, messageId, openTimeline]);

  const jumpTo = useCallback(
    (id: number) => {
      setGoal({ kind: 'message', id });
      setFlashId(id);
      void openTimeline(conversation.id, { messageId: id });
    },
    [conversation.id, openTimeline],
  );
  useEffect(() => register({ jumpTo, keepUnread }), [register, jumpTo, keepUnread]);

  useLayoutEffect(() => {
    if (goal === null || !isReady) return;
    if (goal.kind === 'end') list.scrollToEnd();
    else {
      const index = goal.kind === 'message' ? indexOfMessage(rows, goal.id) : indexAfter(rows, goal.seq);
      if (index < 0) return;
      list.scrollToIndex(index, { align: goal.kind === 'message' ? 'center' : 'start' });
    }
    setGoal(null);
  }, [goal, isReady, rows, list]);

  useEffect(() => {
    if (flashId === null) return;
    const timer = setTimeout(() => setFlashId(null), FLASH_MS);
    return () => clearTimeout(timer);
  }, [flashId]);

  const jumpToLatest = () => {
    void showLatest(conversation.id);
    setGoal({ kind: 'end' });
  };

  const jumpToFirstUnread = () => {
    if (newAfter === null) return;
    setGoal({ kind: 'after', seq: newAfter });
    void openTimeline(conversation.id, { seq: newAfter + 1 });
  };

  const name = conversationName(conversation, me.id);
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        role="log"
        aria-label={`Messages in ${name}`}
        // Scrolling through the past brings rows too; only what arrives at the end is news.
        aria-live={position.isAtEnd ? 'polite' : 'off'}
        aria-relevant="additions"
        aria-busy={!isReady}
        className="timeline absolute inset-0 flex flex-col overflow-x-hidden overflow-y-auto overscroll-contain"
      >
        {timeline?.status === 'failed' ? (
          <Failed isMissing={messageId !== null} onRetry={() => void openTimeline(conversation.id)} />
        ) : !isReady ? (
          <div className="mt-auto">
            <Skeletons count={10} />
          </div>
        ) : (
          <div ref={list.containerRef} className="relative mt-auto w-full shrink-0">
            {timeline.hasOlder && (
              <div className="absolute inset-x-0 top-0">
                <Skeletons count={4} />
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
                      targetId={flashId ?? messageId}
                    />
                  </div>
                )
              );
            })}
          </div>
        )}
      </div>
      {isReady && <JumpPills position={position} onLatest={jumpToLatest} onFirstUnread={jumpToFirstUnread} />}
    </div>
  );
}

function Failed({ isMissing, onRetry }: { isMissing: boolean; onRetry: () => void }) {
  return (
    <div className="m-auto">
      <EmptyState title={isMissing ? 'Not found' : 'The messages could not be loaded'}>
        <p className="mb-3">
          {isMissing ? 'The message is not there, or not for you.' : 'The server did not answer.'}
        </p>
        <Button onClick={onRetry}>{isMissing ? 'Show the newest messages' : 'Try again'}</Button>
      </EmptyState>
    </div>
  );
}
