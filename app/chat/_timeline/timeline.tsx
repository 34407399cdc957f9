'use client';

import { useCallback, useEffect, useState } from 'react';
import { useActions, useMe, useTimeline } from '#app/_live/hooks.ts';
import type { ConversationView } from '#app/_live/model.ts';
import { conversationName } from '#app/_live/places.ts';
import { isShown } from '#app/_live/shown.ts';
import { findById } from '#app/_live/timeline-window.ts';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { navigate } from '#app/chat/_shell/navigate.ts';
import { messagePath } from '#app/chat/_shell/place.ts';
import { useConversationActions } from '#app/chat/_timeline/conversation-state.tsx';
import { type Goal, MessageList } from '#app/chat/_timeline/message-list.tsx';
import { Skeletons } from '#app/chat/_timeline/skeletons.tsx';
import { useReading } from '#app/chat/_timeline/use-reading.ts';

const FLASH_MS = 2_500;

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
  const { register } = useConversationActions();
  const { newAfter, keepUnread } = useReading(conversation.id, timeline?.status === 'ready');
  const [flashId, setFlashId] = useState<number | null>(null);
  const [goal, setGoal] = useState<Goal | null>(null);

  useEffect(() => {
    if (messageId !== null) setGoal({ kind: 'message', id: messageId });
    void openTimeline(conversation.id, messageId === null ? undefined : { messageId });
  }, [conversation.id, messageId, openTimeline]);

  // An address may lead here to a reply that lives in its thread only.
  const pointedAt =
    messageId !== null && timeline?.status === 'ready' ? findById(timeline.messages, messageId) : null;
  const elsewhere =
    pointedAt?.threadRootId && !isShown(pointedAt) ? messagePath(conversation, me.id, pointedAt) : null;
  useEffect(() => {
    if (elsewhere) navigate(elsewhere, { replace: true });
  }, [elsewhere]);

  // A reset of the stream drops what was loaded: edits in it may have been missed.
  const isDropped = timeline === null;
  useEffect(() => {
    if (isDropped) void openTimeline(conversation.id);
  }, [isDropped, conversation.id, openTimeline]);

  const jumpTo = useCallback(
    (id: number) => {
      setGoal({ kind: 'message', id });
      setFlashId(id);
      void openTimeline(conversation.id, { messageId: id });
    },
    [conversation.id, openTimeline],
  );
  useEffect(() => register({ jumpTo, keepUnread }), [register, jumpTo, keepUnread]);

  useEffect(() => {
    if (flashId === null) return;
    const timer = setTimeout(() => setFlashId(null), FLASH_MS);
    return () => clearTimeout(timer);
  }, [flashId]);

  const jumpToLatest = () => {
    setGoal({ kind: 'end' });
    void showLatest(conversation.id);
  };
  const jumpToFirstUnread = () => {
    if (newAfter === null) return;
    setGoal({ kind: 'after', seq: newAfter });
    void openTimeline(conversation.id, { seq: newAfter + 1 });
  };

  const name = conversationName(conversation, me.id);
  return (
    <div className="relative min-h-0 flex-1">
      {timeline?.status === 'ready' ? (
        <MessageList
          key={timeline.epoch}
          name={name}
          conversation={conversation}
          timeline={timeline}
          newAfter={newAfter}
          targetId={flashId ?? messageId}
          goal={goal}
          onGoalReached={() => setGoal(null)}
          onJumpToLatest={jumpToLatest}
          onJumpToFirstUnread={jumpToFirstUnread}
        />
      ) : (
        <div
          role="log"
          aria-label={`Messages in ${name}`}
          aria-busy={timeline?.status !== 'failed'}
          className="absolute inset-0 flex flex-col justify-end overflow-hidden"
        >
          {timeline?.status === 'failed' ? (
            <Failed isMissing={messageId !== null} onRetry={() => void openTimeline(conversation.id)} />
          ) : (
            <Skeletons count={12} />
          )}
        </div>
      )}
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
