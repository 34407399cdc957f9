'use client';

import '#app/chat/_timeline/timeline.css';
import { Bell, BellOff, MessageSquareOff } from 'lucide-react';
import { useEffect } from 'react';
import { useActions, useMe, useStanding, useThread } from '#app/_live/hooks.ts';
import type { ConversationView } from '#app/_live/model.ts';
import { conversationName } from '#app/_live/places.ts';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { toast } from '#app/_ui/toast-store.ts';
import { Composer } from '#app/chat/_composer/composer.tsx';
import { SidePanel } from '#app/chat/_shell/panel/side-panel.tsx';
import { ThreadList } from '#app/chat/_thread/thread-list.tsx';
import { ConnectionStatus } from '#app/chat/_timeline/connection-status.tsx';
import { ConversationStateProvider } from '#app/chat/_timeline/conversation-state.tsx';
import { problemOf } from '#app/chat/_timeline/problem-words.ts';
import { Skeletons } from '#app/chat/_timeline/skeletons.tsx';

type Props = {
  conversation: ConversationView;
  rootId: number;
  /** the reply that the address points at */
  messageId: number | null;
  onClose: () => void;
};

/** A thread beside its conversation: the message it begins with, the replies, and where one writes. */
export function ThreadPanel(props: Props) {
  const { conversation, rootId } = props;
  const me = useMe();
  return (
    <SidePanel
      title="Thread"
      subtitle={conversationName(conversation, me.id)}
      tools={<FollowButton rootId={rootId} />}
      onClose={props.onClose}
      isThread
    >
      <ConversationStateProvider key={rootId} conversationId={conversation.id} threadRootId={rootId}>
        <Content {...props} />
      </ConversationStateProvider>
    </SidePanel>
  );
}

function Content({ conversation, rootId, messageId, onClose }: Props) {
  const thread = useThread(rootId);
  const { openThread } = useActions();
  // A reset of the stream drops what was loaded.
  const isDropped = thread === null;
  useEffect(() => {
    if (isDropped) void openThread(rootId);
  }, [isDropped, rootId, openThread]);

  const isElsewhere = thread?.root && thread.root.conversationId !== conversation.id;
  if (thread?.status === 'missing' || isElsewhere)
    return <Missing wasHere={thread?.root !== null} onClose={onClose} />;
  return (
    <>
      <div className="relative min-h-0 flex-1">
        {thread?.status === 'ready' && thread.root ? (
          <ThreadList thread={thread} root={thread.root} conversation={conversation} messageId={messageId} />
        ) : (
          <div
            role="log"
            aria-label="Thread"
            aria-busy={thread?.status !== 'failed'}
            className="h-full overflow-hidden"
          >
            {thread?.status === 'failed' ? (
              <EmptyState title="The thread could not be loaded">
                <Button onClick={() => void openThread(rootId)}>Try again</Button>
              </EmptyState>
            ) : (
              <Skeletons count={5} />
            )}
          </div>
        )}
      </div>
      <Composer conversation={conversation} threadRootId={rootId} />
      <div className="flex h-6 shrink-0 items-center justify-end px-5 max-md:h-4">
        <ConnectionStatus />
      </div>
    </>
  );
}

/** No such thread, or it is not for me, or it is gone while I was looking. */
function Missing({ wasHere, onClose }: { wasHere: boolean; onClose: () => void }) {
  return (
    <EmptyState
      icon={<MessageSquareOff size={28} aria-hidden="true" />}
      title={wasHere ? 'The message was deleted' : 'There is no such thread'}
    >
      <p className="mb-3">
        {wasHere ? 'Its thread went with it.' : 'It may have been deleted, or it is not open to you.'}
      </p>
      <Button onClick={onClose}>Close</Button>
    </EmptyState>
  );
}

/** Whether the thread is among mine. Writing in it follows it by itself. */
function FollowButton({ rootId }: { rootId: number }) {
  const standing = useStanding(rootId);
  const thread = useThread(rootId);
  const { followThread } = useActions();
  if (!standing || thread?.status !== 'ready') return null;
  const { following } = standing;
  const toggle = () =>
    followThread(rootId, !following).then(
      () => toast(following ? 'You will not hear of this thread any more.' : 'You follow this thread now.'),
      (error: unknown) => toast(problemOf(error), { tone: 'problem' }),
    );
  const Icon = following ? Bell : BellOff;
  return (
    <IconButton
      label="Follow thread"
      tooltip={following ? 'You follow this thread' : 'Follow this thread'}
      aria-pressed={following}
      onClick={() => void toggle()}
    >
      <Icon size={18} aria-hidden="true" />
    </IconButton>
  );
}
