import type { Audience, DomainEvent } from '#server/domain/kernel/events';
import { archivedAmong, type Membership, membershipsAmong, membershipsOf } from '#server/live/memberships';
import type { Stream } from '#server/live/stream';

/** An account with at least one stream. */
type Listener = {
  streams: Set<Stream>;
  /** the conversations it is in */
  conversations: Set<number>;
  /** resolves when `conversations` is known */
  loaded: Promise<void>;
  /** memberships changed while they were being read: what was read may be older than the change */
  outdated: boolean;
};

/** What the events of one batch may have changed about who is where, as it is now. */
export type Changes = { memberships: readonly Membership[]; archived: ReadonlySet<number> };

const NO_CHANGES: Changes = { memberships: [], archived: new Set() };

/**
 * Who is connected, and which conversations they are in: read from the database when an account connects, kept true
 * by the events as they are delivered. Finding an event's audience costs as much as the audience is large.
 */
export class Listeners {
  readonly #accounts = new Map<number, Listener>();
  /** conversation → connected member → history start */
  readonly #members = new Map<number, Map<number, number>>();
  readonly #loading = new Set<Listener>();

  get isEmpty(): boolean {
    return this.#accounts.size === 0;
  }

  /** Resolves when the account's conversations are known and the stream receives what is delivered from then on. */
  async enter(stream: Stream): Promise<void> {
    const { accountId } = stream.actor;
    let listener = this.#accounts.get(accountId);
    if (!listener) {
      listener = { streams: new Set(), conversations: new Set(), loaded: Promise.resolve(), outdated: false };
      this.#accounts.set(accountId, listener);
      listener.loaded = this.#load(accountId, listener);
    }
    listener.streams.add(stream);
    try {
      await listener.loaded;
    } catch (error) {
      this.leave(stream);
      throw error;
    }
  }

  leave(stream: Stream): void {
    const { accountId } = stream.actor;
    const listener = this.#accounts.get(accountId);
    if (!listener?.streams.delete(stream) || listener.streams.size > 0) return;
    for (const conversationId of listener.conversations) this.#drop(conversationId, accountId);
    this.#accounts.delete(accountId);
  }

  /** The streams of one account, or of everybody. */
  *streams(accountId?: number): Iterable<Stream> {
    if (accountId !== undefined) yield* this.#accounts.get(accountId)?.streams ?? [];
    else for (const { streams } of this.#accounts.values()) yield* streams;
  }

  conversationsOf(accountId: number): number[] {
    return [...(this.#accounts.get(accountId)?.conversations ?? [])];
  }

  /** Null for those who are not in the conversation. */
  historyStart(conversationId: number, accountId: number): number | null {
    return this.#members.get(conversationId)?.get(accountId) ?? null;
  }

  /** Whether anybody connected is in the conversation. */
  isHeard(conversationId: number): boolean {
    return this.#members.has(conversationId);
  }

  /** The streams an event goes to. `oldestSeq` is the oldest message it speaks of: late joiners don't see that far. */
  *audience(audience: Audience, oldestSeq = Number.POSITIVE_INFINITY): Iterable<Stream> {
    if (audience === 'everyone') return yield* this.streams();
    if ('accountIds' in audience) {
      for (const accountId of audience.accountIds) yield* this.streams(accountId);
      return;
    }
    for (const [accountId, historyStart] of this.#members.get(audience.conversationId) ?? []) {
      if (oldestSeq > historyStart) yield* this.streams(accountId);
    }
  }

  /** Reads what these events changed, for `apply` and `forgetGone`. */
  async changesBy(events: readonly DomainEvent[]): Promise<Changes> {
    const touched = new Set(events.map(conversationOfChange).filter((id) => id !== null));
    if (touched.size === 0) return NO_CHANGES;
    const [memberships, archived] = await Promise.all([
      membershipsAmong([...this.#accounts.keys()], [...touched]),
      archivedAmong([...touched]),
    ]);
    return { memberships, archived: new Set(archived) };
  }

  /** Before an event is delivered: whoever joined by it receives it, whoever left by it doesn't. */
  apply(event: DomainEvent, { memberships }: Changes): void {
    // whoever is loading may have read the memberships of before
    if (event.type === 'conversation_deleted') for (const listener of this.#loading) listener.outdated = true;
    if (event.type === 'member_left') {
      for (const listener of this.#loading) listener.outdated = true;
      this.#drop(event.conversationId, event.accountId);
    }
    const conversationId = conversationOfChange(event);
    if (conversationId === null) return;
    for (const listener of this.#loading) listener.outdated = true;
    for (const membership of memberships) {
      if (membership.conversationId === conversationId) this.#add(membership);
    }
  }

  /** After it was delivered: that a conversation was archived or deleted is the last its members hear of it. */
  forgetGone(event: DomainEvent, { archived }: Changes): void {
    const isGone =
      event.type === 'conversation_deleted' ||
      (event.type === 'conversation_changed' && archived.has(event.conversationId));
    if (!isGone) return;
    for (const accountId of [...(this.#members.get(event.conversationId)?.keys() ?? [])]) {
      this.#drop(event.conversationId, accountId);
    }
  }

  async #load(accountId: number, listener: Listener): Promise<void> {
    this.#loading.add(listener);
    try {
      let memberships: Membership[];
      do {
        listener.outdated = false;
        memberships = await membershipsOf(accountId);
      } while (listener.outdated);
      if (this.#accounts.get(accountId) !== listener) return;
      for (const membership of memberships) this.#add(membership);
    } finally {
      this.#loading.delete(listener);
    }
  }

  #add({ conversationId, accountId, historyStart }: Membership): void {
    const listener = this.#accounts.get(accountId);
    if (!listener) return;
    listener.conversations.add(conversationId);
    let members = this.#members.get(conversationId);
    if (!members) {
      members = new Map();
      this.#members.set(conversationId, members);
    }
    members.set(accountId, historyStart);
  }

  #drop(conversationId: number, accountId: number): void {
    this.#accounts.get(accountId)?.conversations.delete(conversationId);
    const members = this.#members.get(conversationId);
    members?.delete(accountId);
    if (members?.size === 0) this.#members.delete(conversationId);
  }
}

/** The conversation whose members an event may have changed; null for those that leave everybody where they are. */
function conversationOfChange(event: DomainEvent): number | null {
  switch (event.type) {
    case 'conversation_created':
    case 'conversation_changed':
    case 'member_joined':
      return event.conversationId;
    default:
      return null;
  }
}
