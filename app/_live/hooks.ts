'use client';

import { createContext, use, useMemo, useSyncExternalStore } from 'react';
import type { LiveActions } from '#app/_live/actions.ts';
import type { Live } from '#app/_live/create-live.ts';
import type {
  AccountView,
  Connection,
  ConversationView,
  Me,
  Message,
  PendingMessage,
  Person,
  PresenceState,
  Standing,
  Thread,
  Timeline,
} from '#app/_live/model.ts';
import { personOf } from '#app/_live/person.ts';
import { authorName, shownName } from '#app/_live/shown.ts';
import type { LiveState } from '#app/_live/state.ts';

export const LiveContext = createContext<Live | null>(null);

export function useLive(): Live {
  const live = use(LiveContext);
  if (!live) throw new Error('useLive needs a <LiveProvider> above it');
  return live;
}

export function useActions(): LiveActions {
  return useLive().actions;
}

/** One part of the state. `select` must answer the same object as long as nothing in it changed. */
export function useLiveState<T>(select: (state: LiveState) => T): T {
  const { store } = useLive();
  return useSyncExternalStore(
    store.subscribe,
    () => select(store.get()),
    // Parts of the page come to life after the stream has begun to deliver: they must not begin with its news.
    () => select(store.initial),
  );
}

export function useMe(): Me {
  return useLiveState((state) => state.me);
}

/** Every conversation I belong to, hidden ones included, in no particular order. */
export function useConversations(): readonly ConversationView[] {
  const conversations = useLiveState((state) => state.conversations);
  return useMemo(() => [...conversations.values()], [conversations]);
}

/** Null once I don't belong to it. */
export function useConversation(id: number): ConversationView | null {
  return useLiveState((state) => state.conversations.get(id) ?? null);
}

/** Everybody, by account id. */
export function useAccounts(): ReadonlyMap<number, AccountView> {
  return useLiveState((state) => state.accounts);
}

/** Null for an account that was deleted. */
export function useAccount(id: number): AccountView | null {
  return useLiveState((state) => state.accounts.get(id) ?? null);
}

/** What a message's author likes to be called now, which may not be what they were called when it was loaded. */
export function useAuthorName(message: Pick<Message, 'sender' | 'bot'>): string {
  const account = useAccount(message.sender?.id ?? 0);
  if (account) return shownName(personOf(account));
  return message.sender ? shownName(message.sender) : authorName(message);
}

export function usePresence(accountId: number): PresenceState {
  return useLiveState((state) => state.presence.get(accountId) ?? 'offline');
}

const nobody: ReadonlyMap<number, number> = new Map();

/** The others who are writing in a conversation right now, in the order they began. */
export function useTyping(conversationId: number): Person[] {
  const typing = useLiveState((state) => state.typing.get(conversationId) ?? nobody);
  const accounts = useAccounts();
  const me = useMe();
  return useMemo(
    () =>
      [...typing.keys()]
        .filter((id) => id !== me.id)
        .flatMap((id) => {
          const account = accounts.get(id);
          return account ? [personOf(account)] : [];
        }),
    [typing, accounts, me.id],
  );
}

export function useConnection(): Connection {
  return useLiveState((state) => state.connection);
}

/** Null until somebody opened it with `openTimeline`. */
export function useTimeline(conversationId: number): Timeline | null {
  return useLiveState((state) => state.timelines.get(conversationId) ?? null);
}

/**
 * What I wrote here and the server has not shown back yet, in the order written: in a thread, or in the conversation
 * itself.
 */
export function usePending(conversationId: number, threadRootId: number | null): readonly PendingMessage[] {
  const outbox = useLiveState((state) => state.outbox);
  return useMemo(
    () =>
      outbox.filter(
        (pending) => pending.conversationId === conversationId && pending.threadRootId === threadRootId,
      ),
    [outbox, conversationId, threadRootId],
  );
}

/** Null until somebody opened it with `openThread`. */
export function useThread(rootId: number): Thread | null {
  return useLiveState((state) => state.threads.get(rootId) ?? null);
}

/** Where I stand in a thread; null as long as there was nothing to hear of it. */
export function useStanding(rootId: number): Standing | null {
  return useLiveState((state) => state.standings.get(rootId) ?? null);
}

/** In how many of the threads I follow somebody has replied since I looked. */
export function useUnreadThreads(): number {
  return useLiveState((state) => {
    let count = 0;
    for (const { following, unread } of state.standings.values()) if (following && unread > 0) count++;
    return count;
  });
}

/** All unread messages everywhere. */
export function useTotalUnread(): number {
  return useLiveState((state) => {
    let total = 0;
    for (const conversation of state.conversations.values()) total += conversation.unread;
    return total;
  });
}
