import type { Actor } from '#server/domain/kernel/actor';
import type { Delivery } from '#server/live/delivery';
import { Inbox } from '#server/live/inbox';
import { LiveHub } from '#server/live/live-hub';
import type { Sink } from '#server/live/stream';
import { processSingleton } from '#server/platform/process-singleton';

export type Subscription = {
  /** the newest event the reader has: what came after it is delivered first. Absent: only what comes from now on */
  after?: number | undefined;
  /** ends the stream when aborted */
  signal?: AbortSignal | undefined;
};

const shelf = processSingleton<{ hub: LiveHub | null }>('live.hub', () => ({ hub: null }));

/** The hub of this process, started at the first call. */
function liveHub(): LiveHub {
  shelf.hub ??= new LiveHub();
  return shelf.hub;
}

/** Starts delivery before the first reader comes; returns what stops it. */
export function startHub(): () => Promise<void> {
  liveHub();
  return closeHub;
}

/** How many readers this process has. */
export function readerCount(): number {
  return shelf.hub?.readerCount ?? 0;
}

/** Whether somebody has a stream in this process, in whatever face. */
export function isListening(accountId: number): boolean {
  return shelf.hub?.hears(accountId) ?? false;
}

/**
 * The id up to which every event is certainly visible to a read made afterwards: where a reader starts that loads
 * everything now and follows the stream from then on.
 */
export function livePosition(): Promise<number> {
  return liveHub().position();
}

/**
 * What the actor may know, as it happens: events in order and each once, then also signals. Throws a `Refusal`
 * `unauthenticated` once the session has ended and a `StreamInterrupted` when the reader is too slow or the process
 * stops; the reader may then come back with the id of the last event it got.
 */
export function subscribe(
  actor: Actor,
  { after, signal }: Subscription = {},
): AsyncIterableIterator<Delivery> {
  const inbox = new Inbox(() => leave());
  const leave = liveHub().attach(actor, inbox, after);
  if (signal?.aborted) void inbox.return();
  signal?.addEventListener('abort', () => void inbox.return(), { once: true });
  return inbox;
}

/** The same for those who write to a socket themselves. Returns what ends it. */
export function attach(actor: Actor, sink: Sink, after?: number): () => void {
  return liveHub().attach(actor, sink, after);
}

/** Ends every stream in a way that lets its reader come back, and stops. No stream begins afterwards. */
export async function closeHub(): Promise<void> {
  await shelf.hub?.close();
}
