'use client';

import { useEffect, useMemo, useState } from 'react';
import { trpc } from '#app/_live/client.ts';
import { useAccounts, useLiveState } from '#app/_live/hooks.ts';
import type { ConversationView, Person } from '#app/_live/model.ts';
import { personOf } from '#app/_live/person.ts';

/**
 * Who is in a conversation, by name in code-unit order; null while that is being asked for. Everybody is in a public
 * channel and a direct conversation knows its people, so only private channels are asked about.
 */
export function useMembers(conversation: ConversationView): readonly Person[] | null {
  const accounts = useAccounts();
  const { id, kind, visibility, people } = conversation;
  const isAsked = kind === 'channel' && visibility === 'private';
  const asked = useAskedMembers(id, isAsked);
  return useMemo(() => {
    if (isAsked) return asked;
    if (kind !== 'channel') return byName(people);
    return byName([...accounts.values()].map(personOf));
  }, [isAsked, asked, kind, accounts, people]);
}

/** Asks again whenever a new notice stands in the conversation: joins, leaves and additions all leave one. */
function useAskedMembers(conversationId: number, isAsked: boolean): readonly Person[] | null {
  const [answer, setAnswer] = useState<{ id: number; people: readonly Person[] } | null>(null);
  const newestNotice = useLiveState((state) => {
    const messages = state.timelines.get(conversationId)?.messages ?? [];
    return messages.findLast(({ kind }) => kind === 'notice')?.id ?? 0;
  });
  useEffect(() => {
    if (!isAsked || newestNotice < 0) return;
    let isCurrent = true;
    trpc.conversations.members
      .query({ conversationId })
      .then((people) => isCurrent && setAnswer({ id: conversationId, people }))
      .catch(() => {});
    return () => {
      isCurrent = false;
    };
  }, [conversationId, isAsked, newestNotice]);
  return answer?.id === conversationId ? answer.people : null;
}

function byName(people: readonly Person[]): Person[] {
  return [...people].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
