import type { Message } from '#server/domain/messages/message';
import type { Reach, Version } from '#server/domain/messages/reach';

/** How many messages of a conversation are kept. */
export const WINDOW = 100;
const KEPT_LIMITS = 4;

type Kind = (message: Message) => boolean;

/** The newest messages of a conversation at one moment. Never changes: what happened since makes another. */
export class RecentMessages {
  /** by kind and limit: what most readers get is the same list, so that a face can write it out once */
  readonly #newest = new Map<Kind, Map<number, readonly Message[]>>();

  /** @param completeSince a stamp: whatever changed after it is among `messages` */
  constructor(
    readonly version: Version,
    /** ascending `seq`, without holes, up to the newest */
    readonly messages: readonly Message[],
    readonly completeSince: number,
  ) {}

  /** Roughly the characters it holds. */
  get size(): number {
    return this.messages.reduce((sum, { text }) => sum + 400 + (text?.length ?? 0), 0);
  }

  /** Whether it is at least as new as what the reader has to see. */
  hasReached({ lastStamp, prunedSeq, lastRenaming }: Version): boolean {
    return (
      this.version.lastStamp >= lastStamp &&
      this.version.prunedSeq >= prunedSeq &&
      this.version.lastRenaming >= lastRenaming
    );
  }

  /** Whether a change of the version can be told by the messages that changed. */
  isFollowedBy({ prunedSeq, lastRenaming }: Version): boolean {
    return this.version.prunedSeq === prunedSeq && this.version.lastRenaming === lastRenaming;
  }

  /** The next state: `changed` is everything that changed since this one, in any order. */
  followedBy(version: Version, changed: readonly Message[]): RecentMessages {
    const bySeq = new Map(this.messages.map((message) => [message.seq, message]));
    for (const message of changed) bySeq.set(message.seq, message);
    const low = version.lastSeq - WINDOW;
    const all = [...bySeq.values()].sort((a, b) => a.seq - b.seq);
    // what is too old to be kept may be asked about only by those who know it already
    const completeSince = all
      .filter(({ seq }) => seq <= low)
      .reduce((newest, { changedAt }) => Math.max(newest, changedAt), this.completeSince);
    return new RecentMessages(
      version,
      all.filter(({ seq }) => seq > low),
      completeSince,
    );
  }

  /**
   * The newest `limit` messages within a reader's reach, as they were at its moment; null if that can't be told from
   * what is kept.
   */
  newest(reach: Reach, limit: number): Message[] | null {
    const floor = Math.max(reach.historyStart, reach.prunedSeq);
    const low = Math.max(floor, reach.lastSeq - limit);
    const oldest = this.messages[0]?.seq ?? this.version.lastSeq + 1;
    if (low < oldest - 1) return null;
    return this.#asOf(reach, (message) => message.seq > low);
  }

  /** The same for the newest `limit` that are of some kind. */
  newestWhere(isWanted: Kind, reach: Reach, limit: number): readonly Message[] | null {
    const floor = Math.max(reach.historyStart, reach.prunedSeq);
    if (this.version.lastStamp === reach.lastStamp && this.hasReached(reach) && this.isFollowedBy(reach)) {
      const newest = this.#newestOf(isWanted, limit);
      if (newest.length === limit && (newest[0]?.seq ?? 0) > floor) return newest;
    }
    // those that aren't wanted any more may have been at the reach's moment, so all that is kept has to be of it
    const wanted = this.#asOf(reach, (message) => message.seq > floor)?.filter(isWanted);
    if (!wanted) return null;
    if (wanted.length >= limit) return wanted.length === limit ? wanted : wanted.slice(-limit);
    const oldest = this.messages[0]?.seq ?? this.version.lastSeq + 1;
    return floor >= oldest - 1 ? wanted : null;
  }

  /** The same for every message that changed after a stamp. */
  changedSince(reach: Reach, stamp: number): Message[] | null {
    if (stamp < this.completeSince) return null;
    return this.#asOf(reach, (message) => message.seq > reach.historyStart && message.changedAt > stamp);
  }

  #newestOf(isWanted: Kind, limit: number): readonly Message[] {
    const byLimit = this.#newest.get(isWanted) ?? new Map<number, readonly Message[]>();
    this.#newest.set(isWanted, byLimit);
    const known = byLimit.get(limit);
    if (known) return known;
    // programs ask for one limit or two; who tries them all shall not fill the memory with what is made of each
    if (byLimit.size >= KEPT_LIMITS) byLimit.clear();
    const newest = this.messages.filter(isWanted).slice(-limit);
    byLimit.set(limit, newest);
    return newest;
  }

  /** Null if one of them, or the whole, has changed since the reach was read. */
  #asOf(reach: Reach, isWanted: (message: Message) => boolean): Message[] | null {
    if (!this.hasReached(reach) || !this.isFollowedBy(reach)) return null;
    const wanted = this.messages.filter((message) => message.seq <= reach.lastSeq && isWanted(message));
    if (this.version.lastStamp === reach.lastStamp) return wanted;
    return wanted.every(({ changedAt }) => changedAt <= reach.lastStamp) ? wanted : null;
  }
}
