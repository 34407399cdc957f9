'use client';

import { useEffect, useMemo, useState } from 'react';
import { trpc } from '#app/_live/client.ts';
import { useAccounts, useConversations, useMe } from '#app/_live/hooks.ts';
import type { ConversationView } from '#app/_live/model.ts';
import type { Emoji } from '#app/_ui/emoji/emoji-data.ts';
import { fuzzyFilter } from '#app/_ui/fuzzy.ts';
import { COMMANDS } from '#app/chat/_composer/commands.ts';
import type { Trigger } from '#app/chat/_composer/trigger.ts';

export type Suggestion = {
  key: string;
  /** what is written in the trigger's place */
  insert: string;
  label: string;
  hint?: string;
  /** whose picture stands beside it */
  accountId?: number;
};

const MOST = 8;
const none: readonly Suggestion[] = [];

/** What could complete the trigger, best first. */
export function useSuggestions(
  trigger: Trigger | null,
  conversation: ConversationView,
): readonly Suggestion[] {
  const people = useMentionable(conversation, trigger?.kind === 'person');
  const channels = useConversations();
  const emoji = useEmojiSearch(trigger?.kind === 'emoji');
  return useMemo(() => {
    switch (trigger?.kind) {
      case undefined:
        return none;
      case 'person':
        return fuzzyFilter(people, trigger.query, ({ label, hint = '' }) => `${label} ${hint}`.trim()).slice(
          0,
          MOST,
        );
      case 'channel': {
        const names = channels
          .filter(({ kind, visibility }) => kind === 'channel' && visibility === 'public')
          .sort((a, b) => a.position - b.position)
          .map(({ id, name }) => ({ key: `channel:${id}`, insert: `#${name} `, label: `#${name}` }));
        return fuzzyFilter(names, trigger.query, ({ label }) => label.slice(1)).slice(0, MOST);
      }
      case 'emoji':
        return (emoji?.(trigger.query, MOST) ?? []).map(({ character, name }) => ({
          key: `emoji:${name}`,
          insert: `${character} `,
          label: `${character} ${name}`,
        }));
      case 'command':
        return COMMANDS.filter(({ name }) => name.startsWith(trigger.query)).map(({ name, does }) => ({
          key: `command:${name}`,
          insert: `/${name} `,
          label: `/${name}`,
          hint: does,
        }));
    }
  }, [trigger, people, channels, emoji]);
}

/** Members of private channels by conversation: asked for once, as they seldom change while one writes. */
const members = new Map<number, ReadonlySet<number>>();

function useMentionable(conversation: ConversationView, isWanted: boolean): Suggestion[] {
  const accounts = useAccounts();
  const me = useMe();
  const { id, kind, visibility, people } = conversation;
  const isPrivateChannel = kind === 'channel' && visibility === 'private';
  const [memberIds, setMemberIds] = useState(() => members.get(id));

  useEffect(() => {
    if (!isWanted || !isPrivateChannel) return;
    let isGone = false;
    trpc.conversations.members
      .query({ conversationId: id })
      .then((list) => {
        const ids = new Set(list.map((person) => person.id));
        members.set(id, ids);
        if (!isGone) setMemberIds(ids);
      })
      .catch(() => {
        // Names can still be typed.
      });
    return () => {
      isGone = true;
    };
  }, [id, isWanted, isPrivateChannel]);

  return useMemo(() => {
    if (!isWanted) return [];
    const isHere = (accountId: number) => {
      if (kind === 'direct') return people.some((person) => person.id === accountId);
      return !isPrivateChannel || memberIds?.has(accountId);
    };
    const others = [...accounts.values()]
      .filter((account) => account.id !== me.id && isHere(account.id))
      .map(
        (account): Suggestion => ({
          key: `person:${account.id}`,
          insert: `@${account.username} `,
          label: account.username,
          accountId: account.id,
          ...(account.displayName && { hint: account.displayName }),
        }),
      );
    return [...others, { key: 'everyone', insert: '@everyone ', label: 'everyone', hint: 'all members' }];
  }, [isWanted, accounts, me.id, kind, people, isPrivateChannel, memberIds]);
}

type Search = (query: string, most: number) => Emoji[];
let search: Search | undefined;

/** The emoji search, once its data are here. */
function useEmojiSearch(isWanted: boolean): Search | undefined {
  const [ready, setReady] = useState(() => search);
  useEffect(() => {
    if (!isWanted || ready) return;
    let isGone = false;
    import('#app/_ui/emoji/emoji-data.ts').then(
      (data) => {
        search = data.searchEmoji;
        if (!isGone) setReady(() => data.searchEmoji);
      },
      () => {
        // The emoji can still be picked.
      },
    );
    return () => {
      isGone = true;
    };
  }, [isWanted, ready]);
  return ready;
}
