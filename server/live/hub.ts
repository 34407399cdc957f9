import type { Actor } from '#server/domain/kernel/actor';
import type { Delivery } from '#server/live/delivery';
import { processSingleton } from '#server/platform/process-singleton';

export type Subscription = {
  /** the newest event the reader has; what came after it is delivered first. Absent: only what comes from now on */
  after?: number | undefined;
  /** ends the stream when aborted */
  signal?: AbortSignal | undefined;
};

export type Hub = {
  /** id of the newest event that is certainly visible to a read made afterwards, as are all before it */
  position(): Promise<number>;
  /**
   * Events the actor may know, in order, each once; then signals and events as they come. Refuses
   * `unauthenticated` as soon as the session has ended; throws a `StreamInterrupted` when the reader is too slow or
   * the process stops, after which it may come back with the id of the last event it got.
   */
  subscribe(actor: Actor, options?: Subscription): AsyncIterable<Delivery>;
};

/** The hub of this process, started at the first call. */
export function liveHub(): Hub {
  return processSingleton<Hub>('live.hub', () => {
    throw new Error('not written yet');
  });
}
