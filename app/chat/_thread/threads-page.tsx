'use client';

import { CheckCheck, MessagesSquare } from 'lucide-react';
import { useActions, useLive, useUnreadThreads } from '#app/_live/hooks.ts';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { Problem } from '#app/_ui/problem.tsx';
import { PageHeader } from '#app/chat/_shell/header/page-header.tsx';
import { FollowedThread } from '#app/chat/_thread/followed-thread.tsx';
import { useMyThreads } from '#app/chat/_thread/use-my-threads.ts';

/** The threads I follow with their newest replies. Looking at them here marks nothing read. */
export function ThreadsPage() {
  const { threads, hasMore, hasFailed, showMore } = useMyThreads();
  return (
    <>
      <PageHeader
        icon={<MessagesSquare size={18} aria-hidden="true" className="text-ink-faint" />}
        title="Threads"
      >
        <MarkAllRead />
      </PageHeader>
      <div className="min-h-0 flex-1 overflow-y-auto bg-sunken">
        <div className="mx-auto w-full max-w-3xl p-3 md:p-5">
          {hasFailed && (
            <Problem text="Your threads could not be loaded. They will be back with the connection." />
          )}
          {threads?.length === 0 && (
            <EmptyState icon={<MessagesSquare size={32} aria-hidden="true" />} title="No threads yet">
              Reply to a message in a thread, or be mentioned in one, and it appears here with whatever others
              add to it.
            </EmptyState>
          )}
          {threads === null && !hasFailed && <ThreadSkeletons />}
          <ul aria-label="Threads" aria-busy={threads === null} className="grid grid-cols-1 gap-3">
            {threads?.map((thread) => (
              <FollowedThread key={thread.rootId} thread={thread} />
            ))}
          </ul>
          {hasMore && (
            <div className="flex justify-center pt-4">
              <Button onClick={showMore}>Show more</Button>
            </div>
          )}
        </div>
      </div>
    </>
  );
}

function MarkAllRead() {
  const { store } = useLive();
  const { markThreadRead } = useActions();
  const count = useUnreadThreads();
  if (count === 0) return null;
  const markAll = () => {
    for (const { rootId, unread } of store.get().standings.values()) if (unread > 0) markThreadRead(rootId);
  };
  return (
    <Button variant="quiet" onClick={markAll}>
      <CheckCheck size={17} aria-hidden="true" />
      Mark all read
    </Button>
  );
}

function ThreadSkeletons() {
  return ['one', 'two', 'three'].map((key) => (
    <div
      key={key}
      aria-hidden="true"
      className="appear-late mb-3 rounded-panel border border-line bg-canvas p-4"
    >
      <div className="skeleton h-3.5 w-28" />
      <div className="skeleton mt-4 h-3.5 w-3/4" />
      <div className="skeleton mt-3 h-3.5 w-1/2" />
    </div>
  ));
}
