import type {
  AccountView,
  Bootstrap,
  Connection,
  ConversationView,
  Me,
  Message,
  PendingMessage,
  PresenceState,
  Receipt,
  Standing,
  Thread,
  Timeline,
} from '#app/_live/model.ts';
import { opened, type Page } from '#app/_live/timeline-window.ts';

export type FirstPage = { conversationId: number; page: Page };

/** Everything the browser knows. Never changed in place: a new object for every part that differs. */
export type LiveState = {
  readonly me: Me;
  /** null while nobody has named it */
  readonly serverName: string | null;
  readonly limits: Bootstrap['limits'];
  readonly conversations: ReadonlyMap<number, ConversationView>;
  readonly accounts: ReadonlyMap<number, AccountView>;
  readonly presence: ReadonlyMap<number, PresenceState>;
  /** conversation → account → when the ping runs out (milliseconds since the epoch) */
  readonly typing: ReadonlyMap<number, ReadonlyMap<number, number>>;
  /** conversation → account → read mark; only of conversations that were opened */
  readonly receipts: ReadonlyMap<number, ReadonlyMap<number, Receipt>>;
  readonly timelines: ReadonlyMap<number, Timeline>;
  /** root → thread; only those that were opened */
  readonly threads: ReadonlyMap<number, Thread>;
  /** root → where I stand; the threads with something unread, and those that were heard of */
  readonly standings: ReadonlyMap<number, Standing>;
  /** grows with whatever the list of my threads may have to show */
  readonly threadNews: number;
  /** grows whenever something that is pinned may have changed */
  readonly pinNews: number;
  /** conversation → messages by others that count and came in since the page was loaded */
  readonly counted: ReadonlyMap<number, number>;
  /** messages that replies quote and that were asked for; null if they are not there, or not for me */
  readonly quoted: ReadonlyMap<number, Message | null>;
  /** in the order written */
  readonly outbox: readonly PendingMessage[];
  readonly connection: Connection;
  /** id of the newest event applied */
  readonly cursor: number;
  /** conversations whose view no longer follows from what was delivered, and must be asked for */
  readonly stale: ReadonlySet<number>;
  /** threads in which I no longer know where I stand, likewise */
  readonly staleThreads: ReadonlySet<number>;
  /** accounts to be asked for, likewise */
  readonly staleAccounts: ReadonlySet<number>;
  /** conversation → the `seq` up to which it is being marked read right now */
  readonly reading: ReadonlyMap<number, number>;
  /** grows with every event that concerns the administration: its pages ask anew */
  readonly administered: number;
  /** the session is over */
  readonly ended: boolean;
};

/** `first` is the page of messages that the server read together with the bootstrap, if it did. */
export function initialState(bootstrap: Bootstrap, first?: FirstPage): LiveState {
  return {
    me: bootstrap.me,
    serverName: bootstrap.serverName,
    limits: bootstrap.limits,
    conversations: byId(bootstrap.conversations),
    accounts: byId(bootstrap.accounts),
    presence: presenceOf(bootstrap.presence),
    typing: new Map(),
    receipts: new Map(),
    timelines: new Map(first ? [[first.conversationId, opened(undefined, first.page)]] : []),
    threads: new Map(),
    standings: standingsOf(bootstrap.unreadThreads),
    threadNews: 0,
    pinNews: 0,
    counted: new Map(),
    quoted: new Map(),
    outbox: [],
    connection: 'online',
    cursor: bootstrap.cursor,
    stale: new Set(),
    staleThreads: new Set(),
    staleAccounts: new Set(),
    reading: new Map(),
    administered: 0,
    ended: false,
  };
}

/** As the server counted them: what is delivered later is newer. */
function standingsOf(list: Bootstrap['unreadThreads']): ReadonlyMap<number, Standing> {
  return new Map(list.map((standing) => [standing.rootId, standing]));
}

export function presenceOf(presence: Bootstrap['presence']): ReadonlyMap<number, PresenceState> {
  return new Map(presence.map(({ person, state }) => [person.id, state]));
}

export function receiptsOf(list: readonly Receipt[]): ReadonlyMap<number, Receipt> {
  return new Map(list.map((receipt) => [receipt.person.id, receipt]));
}

/**
 * A fresh bootstrap over a state that missed events: places, people and marks come from the server; what was loaded
 * of the timelines is dropped, because edits and deletions in them may have been missed too.
 */
export function resetState(state: LiveState, bootstrap: Bootstrap): LiveState {
  return {
    ...initialState(bootstrap),
    outbox: state.outbox,
    connection: state.connection,
    administered: state.administered + 1,
    threadNews: state.threadNews + 1,
    pinNews: state.pinNews + 1,
    ended: state.ended,
  };
}

export function byId<T extends { id: number }>(items: readonly T[]): ReadonlyMap<number, T> {
  return new Map(items.map((item) => [item.id, item]));
}

/** A copy of `map` with one entry changed; null takes it out. */
export function withEntry<K, V>(map: ReadonlyMap<K, V>, key: K, value: V | null): ReadonlyMap<K, V> {
  const copy = new Map(map);
  if (value === null) copy.delete(key);
  else copy.set(key, value);
  return copy;
}
