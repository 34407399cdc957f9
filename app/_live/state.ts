import type {
  AccountView,
  Bootstrap,
  Connection,
  ConversationView,
  Me,
  PendingMessage,
  PresenceState,
  Receipt,
  Timeline,
} from '#app/_live/model.ts';

/** Everything the browser knows. Never changed in place: a new object for every part that differs. */
export type LiveState = {
  readonly me: Me;
  readonly limits: Bootstrap['limits'];
  readonly conversations: ReadonlyMap<number, ConversationView>;
  readonly accounts: ReadonlyMap<number, AccountView>;
  readonly presence: ReadonlyMap<number, PresenceState>;
  /** conversation → account → when the ping runs out (milliseconds since the epoch) */
  readonly typing: ReadonlyMap<number, ReadonlyMap<number, number>>;
  /** conversation → account → read mark; only of conversations that were opened */
  readonly receipts: ReadonlyMap<number, ReadonlyMap<number, Receipt>>;
  readonly timelines: ReadonlyMap<number, Timeline>;
  /** in the order written */
  readonly outbox: readonly PendingMessage[];
  readonly connection: Connection;
  /** id of the newest event applied */
  readonly cursor: number;
  /** conversations whose view no longer follows from what was delivered, and must be asked for */
  readonly stale: ReadonlySet<number>;
  /** accounts to be asked for, likewise */
  readonly staleAccounts: ReadonlySet<number>;
  /** why the session is over; null while it lasts */
  readonly ended: 'session_ended' | null;
};

export function initialState(bootstrap: Bootstrap): LiveState {
  return {
    me: bootstrap.me,
    limits: bootstrap.limits,
    conversations: byId(bootstrap.conversations),
    accounts: byId(bootstrap.accounts),
    presence: new Map(bootstrap.presence.map(({ person, state }) => [person.id, state])),
    typing: new Map(),
    receipts: new Map(),
    timelines: new Map(),
    outbox: [],
    connection: 'online',
    cursor: bootstrap.cursor,
    stale: new Set(),
    staleAccounts: new Set(),
    ended: null,
  };
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
