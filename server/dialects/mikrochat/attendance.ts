import type { Actor } from '#server/domain/kernel/actor';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { reportPresence } from '#server/domain/presence/report-presence';
import { isListening } from '#server/live/hub';
import { log } from '#server/platform/log';
import { processSingleton } from '#server/platform/process-singleton';
import { settings } from '#server/platform/settings';

/** More than anybody's tabs; the next is refused rather than another closed, or two would evict each other for ever. */
const MOST_STREAMS = 10;
/** The client opens its stream anew at every change of channel: nobody is told that it was gone. */
const ABSENCE_MS = 2_000;

/** Somebody's open streams in this process. */
type Attendance = { streams: number; leaving: NodeJS.Timeout | undefined };

const present = processSingleton('mikrochat.present', () => new Map<number, Attendance>());

/** Counts a stream that is about to begin. Refuses `rate_limited` `too_many_streams`. */
export function enter({ accountId }: Actor): void {
  const known = present.get(accountId) ?? { streams: 0, leaving: undefined };
  const isFull = settings().rate_limit_enabled && known.streams >= MOST_STREAMS;
  refuseUnless(!isFull, 'rate_limited', 'too_many_streams', { retryAfterSeconds: 60 });
  known.streams++;
  present.set(accountId, known);
}

/** The first of somebody's streams shows them online. */
export function announce(actor: Actor): void {
  const known = present.get(actor.accountId);
  if (known?.leaving) clearTimeout(known.leaving);
  else if (known?.streams === 1) void report(actor, 'active');
  if (known) known.leaving = undefined;
}

/** The last of them shows them offline a little later, unless they are here in another way. */
export function leave(actor: Actor): void {
  const known = present.get(actor.accountId);
  if (!known || --known.streams > 0) return;
  known.leaving = setTimeout(() => {
    if (known.streams > 0) return;
    present.delete(actor.accountId);
    if (!isListening(actor.accountId)) void report(actor, 'offline');
  }, ABSENCE_MS).unref();
}

async function report(actor: Actor, state: 'active' | 'offline'): Promise<void> {
  try {
    await reportPresence(actor, { state });
  } catch (error) {
    // an account that has just gone, or a database that has
    log.debug({ err: error }, 'presence was not noted');
  }
}
