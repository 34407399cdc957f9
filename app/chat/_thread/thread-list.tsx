'use client';

import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useActions, useMe, usePending } from '#app/_live/hooks.ts';
import type { ConversationView, Message, Thread } from '#app/_live/model.ts';
import { ThreadRoot } from '#app/chat/_thread/thread-root.tsx';
import { useThreadReading } from '#app/chat/_thread/use-thread-reading.ts';
import { useConversationActions, useConversationState } from '#app/chat/_timeline/conversation-state.tsx';
import { buildRows, indexOfMessage, type Row } from '#app/chat/_timeline/rows.ts';
import { Skeletons } from '#app/chat/_timeline/skeletons.tsx';
import { TimelineRow } from '#app/chat/_timeline/timeline-row.tsx';
import { useAnchoredList } from '#app/chat/_timeline/use-anchored-list.ts';
import { useToday } from '#app/chat/_timeline/use-rows.ts';

const ROOM_ABOVE = 114;
const SKELETONS_ABOVE = 2;
/** This many rows from the first one that is loaded, those before it are asked for. */
const ROWS_AHEAD = 8;

type Props = {
  thread: Thread;
  root: Message;
  conversation: ConversationView;
  messageId: number | null;
};

/** The replies of a thread below the message it begins with, as a list that scrolls. */
export function ThreadList({ thread, root, conversation, messageId }: Props) {
  const { loadOlderReplies } = useActions();
  const { register } = useConversationActions();
  const { editingId } = useConversationState();
  const newAfter = useThreadReading(root.id);
  const rows = useThreadRows(thread, root, newAfter);
  const scroller = useRef<HTMLDivElement>(null);
  const [goalId, setGoalId] = useState<number | null>(messageId);
  const [flashId, setFlashId] = useState<number | null>(null);
  const editedIndex = useMemo(
    () => (editingId === null ? -1 : indexOfMessage(rows, editingId)),
    [rows, editingId],
  );
  const list = useAnchoredList(rows, scroller, editedIndex, {
    roomAbove: thread.hasOlder ? ROOM_ABOVE : 0,
    hasNewer: false,
  });

  useEffect(() => setGoalId(messageId), [messageId]);
  const jumpTo = useCallback((id: number) => {
    setGoalId(id);
    setFlashId(id);
  }, []);
  useEffect(() => register({ jumpTo }), [register, jumpTo]);

  const { range } = list;
  const isNearTop = range !== null && range.startIndex < ROWS_AHEAD;
  const isSought = goalId !== null && goalId !== root.id && indexOfMessage(rows, goalId) < 0;
  useEffect(() => {
    if ((isNearTop || isSought) && thread.hasOlder && !thread.loadingOlder) void loadOlderReplies(root.id);
  }, [isNearTop, isSought, thread, root.id, loadOlderReplies]);

  // A thread that fits begins with its root in view; a longer one is read from its newest reply.
  const hasBegun = useRef(false);
  useLayoutEffect(() => {
    const index = goalId === null ? -1 : goalId === root.id ? 0 : indexOfMessage(rows, goalId);
    if (index >= 0) {
      list.scrollToIndex(index, { align: 'center' });
      setGoalId(null);
    } else if (!hasBegun.current) list.scrollToEnd();
    hasBegun.current = true;
  }, [goalId, rows, list, root.id]);

  const lastRow = rows.at(-1);
  const sentKey = lastRow?.kind === 'pending' ? lastRow.key : null;
  useLayoutEffect(() => {
    if (sentKey) list.scrollToEnd();
  }, [sentKey, list]);

  return (
    <div
      ref={scroller}
      role="log"
      aria-label="Thread"
      aria-relevant="additions"
      className="timeline absolute inset-0 overflow-x-hidden overflow-y-auto overscroll-contain"
    >
      <div ref={list.containerRef} className="relative w-full">
        {thread.hasOlder && (
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
                {row.kind === 'root' ? (
                  <ThreadRoot message={row.message} isEditing={row.message.id === editingId} />
                ) : (
                  <TimelineRow
                    row={row}
                    name=""
                    conversation={conversation}
                    editingId={editingId}
                    targetId={flashId ?? messageId}
                  />
                )}
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

function useThreadRows(
  { replies, hasOlder }: Thread,
  root: Message,
  newAfter: number | null,
): readonly Row[] {
  const me = useMe();
  const pending = usePending(root.conversationId, root.id);
  const today = useToday();
  return useMemo(() => {
    const rows = buildRows({
      messages: replies,
      pending,
      hasOlder,
      hasNewer: false,
      newAfter,
      isThread: true,
      me: { id: me.id, name: me.username, displayName: me.displayName },
      today,
    });
    return hasOlder ? rows : [{ kind: 'root', key: 'root', message: root }, ...rows];
  }, [replies, hasOlder, root, pending, newAfter, me, today]);
}
