import { type Delivery, frameCache, type ResetDelivery } from '#server/live/delivery';
import { eventBounds, eventsInScope, type Scope } from '#server/live/event-log';
import { type Addressed, loadDeliveries } from '#server/live/load-deliveries';

const PAGE = 100;
/** beyond this many numbers or events, loading everything anew is cheaper than catching up */
const MOST_NUMBERS = 50_000;
const MOST_EVENTS = 1_000;

/**
 * What an account missed after one event up to another, in pages. If that can't be told any more, because rows were
 * trimmed, the database is an older copy, or it is simply too much, the one answer is a reset.
 */
export async function* backlog(
  scope: Scope,
  after: number,
  until: number,
): AsyncIterable<readonly Addressed<Delivery>[]> {
  if (after === until) return;
  if (await isOutOfReach(after, until)) return yield [reset(until)];
  let seen = 0;
  for (let last = after; ; ) {
    const events = await eventsInScope(scope, { after: last, until, limit: PAGE });
    seen += events.length;
    if (seen > MOST_EVENTS) return yield [reset(until)];
    const page = await loadDeliveries(events);
    if (!page) return yield [reset(until)];
    yield page;
    const newest = events.at(-1);
    if (!newest || events.length < PAGE) return;
    last = newest.id;
  }
}

async function isOutOfReach(after: number, until: number): Promise<boolean> {
  if (until - after > MOST_NUMBERS) return true;
  const { oldest, drawn } = await eventBounds();
  // A larger cursor than ours comes from another process that was a moment faster, unless nobody ever drew it.
  return after > until ? after > drawn : oldest === null || oldest > after + 1;
}

/** Tells a stream's reader to load everything anew; the stream goes on after the event `id`. */
export function reset(id: number): Addressed<ResetDelivery> {
  return { audience: 'everyone', delivery: { kind: 'reset', id, frame: frameCache() } };
}
