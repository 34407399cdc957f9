'use client';

import { AtSign } from 'lucide-react';
import { useEffect, useState } from 'react';
import { trpc } from '#app/_live/client.ts';
import { useConversations } from '#app/_live/hooks.ts';
import type { Message } from '#app/_live/model.ts';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { Problem } from '#app/_ui/problem.tsx';
import { PageHeader } from '#app/chat/_shell/header/page-header.tsx';
import { SearchResult } from '#app/chat/_shell/search/search-result.tsx';

/** Unread messages that mention me, newest first. Looking at them here marks nothing read. */
export function MentionsPage() {
  const count = useConversations().reduce((sum, { mentions }) => sum + mentions, 0);
  const [messages, setMessages] = useState<readonly Message[] | null>(null);
  const [hasFailed, setFailed] = useState(false);

  useEffect(() => {
    // `count` is the reason to ask again; below zero there is none
    if (count < 0) return;
    let isCurrent = true;
    trpc.mentions.list
      .query()
      .then((list) => {
        if (!isCurrent) return;
        setMessages(list);
        setFailed(false);
      })
      .catch(() => isCurrent && setFailed(true));
    return () => {
      isCurrent = false;
    };
  }, [count]);

  return (
    <>
      <PageHeader
        icon={<AtSign size={18} aria-hidden="true" className="text-ink-faint" />}
        title="Mentions"
      />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-3xl p-3">
          {hasFailed && (
            <Problem text="Your mentions could not be loaded. They will be back with the connection." />
          )}
          {messages?.length === 0 && (
            <EmptyState icon={<AtSign size={32} aria-hidden="true" />} title="No unread mentions">
              When somebody writes your name with an @, it appears here until you have read it.
            </EmptyState>
          )}
          <ul aria-label="Mentions" aria-busy={messages === null}>
            {messages?.map((message) => (
              <SearchResult key={message.id} message={message} sought="" />
            ))}
          </ul>
        </div>
      </div>
    </>
  );
}
