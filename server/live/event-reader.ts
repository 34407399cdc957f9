import { eventsAfter, newestEventId, runningWriters, type StoredEvent } from '#server/live/event-log';
import { log } from '#server/platform/log';

const BATCH = 500;
/** how long a number may be missing before we ask who could still be writing it: most commit within this (ms) */
const GRACE_MS = 10;
const WORRY_MS = 10_000;

/** A stretch of the log in which numbers are missing. */
type Gap = {
  /** everything up to here was delivered when it was seen */
  after: number;
  /** the newest event visible beyond it: all missing numbers below were drawn before that one was committed */
  upTo: number;
  seenAt: number;
  /** who may still be writing in it; null until it has lasted longer than the grace */
  writers: Set<string> | null;
};

/** `again`: whether to read once more without being woken: at once, or soon because a number is missing. */
export type Reading = { events: StoredEvent[]; again: 'at once' | 'soon' | 'when woken' };

/**
 * Reads the event table in strict order of ids and never passes an id by that may still appear. Numbers are drawn
 * before the commit, so a smaller one can become visible after a larger one; docs/decisions/020 says why waiting for
 * the transactions that hold the table's write lock is enough.
 */
export class EventReader {
  #position = 0;
  #gap: Gap | null = null;

  /** the id up to which everything has been read, or never will exist */
  get position(): number {
    return this.#position;
  }

  /** Starts behind the newest event, once no smaller number can appear any more. */
  async start(pause: () => Promise<void>): Promise<void> {
    const newest = await newestEventId();
    const writers = await runningWriters();
    while (writers.size > 0) {
      await pause();
      keepOnly(writers, await runningWriters());
    }
    this.#position = newest;
  }

  async read(): Promise<Reading> {
    // Asked before the rows are read: what the last of these writers committed is among them.
    const settled = await this.#gapIsSettled();
    const rows = await eventsAfter(this.#position, BATCH);
    const events = this.#take(rows, settled ? (this.#gap?.upTo ?? 0) : 0);
    const left = rows.length - events.length;
    if (left === 0) {
      this.#gap = null;
      return { events, again: rows.length === BATCH ? 'at once' : 'when woken' };
    }
    await this.#watchGap(rows.at(-1) as StoredEvent);
    return { events, again: 'soon' };
  }

  /** The rows that follow without a hole; up to `deadUpTo` a missing number belongs to a rolled-back transaction. */
  #take(rows: readonly StoredEvent[], deadUpTo: number): StoredEvent[] {
    const taken: StoredEvent[] = [];
    for (const row of rows) {
      if (row.id !== this.#position + 1 && row.id > deadUpTo) break;
      this.#position = row.id;
      taken.push(row);
    }
    return taken;
  }

  async #gapIsSettled(): Promise<boolean> {
    const writers = this.#gap?.writers;
    if (!writers) return false;
    if (writers.size > 0) keepOnly(writers, await runningWriters());
    return writers.size === 0;
  }

  async #watchGap(newest: StoredEvent): Promise<void> {
    const now = performance.now();
    if (this.#gap?.after !== this.#position) {
      this.#gap = { after: this.#position, upTo: newest.id, seenAt: now, writers: null };
    } else if (!this.#gap.writers && now - this.#gap.seenAt >= GRACE_MS) {
      // Asked after the rows were read: whoever drew a missing number is listed, or has ended by now.
      this.#gap.upTo = newest.id;
      this.#gap.writers = await runningWriters();
    } else if (now - this.#gap.seenAt >= WORRY_MS) {
      this.#gap.seenAt = now;
      log.warn({ after: this.#position }, 'live delivery waits for a transaction that stays open');
    }
  }
}

function keepOnly(writers: Set<string>, running: ReadonlySet<string>): void {
  for (const writer of writers) if (!running.has(writer)) writers.delete(writer);
}
