import type { Message, Timeline } from '#app/_live/model.ts';
import type { MessagePage } from '#server/domain/messages/list-messages';

/** One page of messages as the server answers it, oldest first. */
export type Page = MessagePage;

export const loadingTimeline: Timeline = {
  epoch: 0,
  status: 'loading',
  messages: [],
  hasOlder: false,
  hasNewer: false,
  loadingOlder: false,
  loadingNewer: false,
};

/**
 * The first page of a timeline. What was delivered while it was on its way is laid over it, so that neither the page
 * nor the live stream can take back what the other has shown.
 */
export function opened(timeline: Timeline | undefined, page: Page): Timeline {
  const early = timeline?.status === 'loading' ? timeline.messages : [];
  const epoch = timeline?.epoch ?? 0;
  const start: Timeline = { ...loadingTimeline, ...page, epoch, status: 'ready' };
  return early.reduce(withMessage, start);
}

export function withOlder(timeline: Timeline, page: Page): Timeline {
  return {
    ...timeline,
    messages: joined(page.messages, timeline.messages),
    hasOlder: page.hasOlder,
    loadingOlder: false,
  };
}

export function withNewer(timeline: Timeline, page: Page): Timeline {
  return {
    ...timeline,
    messages: joined(timeline.messages, page.messages),
    hasNewer: page.hasNewer,
    loadingNewer: false,
  };
}

/**
 * A message that was delivered live: a known one is replaced unless ours is newer, the next one is appended. One that
 * would leave a hole is not shown: the hole says that newer pages exist, and they are asked for in their order.
 */
export function withMessage(timeline: Timeline, message: Message): Timeline {
  const { messages } = timeline;
  const at = indexOfSeq(messages, message.seq);
  const known = messages[at];
  if (known?.seq === message.seq) {
    if (known.changedAt >= message.changedAt) return timeline;
    return { ...timeline, messages: messages.with(at, message) };
  }
  if (timeline.status === 'loading') return { ...timeline, messages: messages.toSpliced(at, 0, message) };
  if (at < messages.length || timeline.hasNewer) return timeline;
  const newest = messages.at(-1);
  if (newest && message.seq > newest.seq + 1) return { ...timeline, hasNewer: true };
  return { ...timeline, messages: [...messages, message] };
}

/** A message that changed: unlike a new one it is never added. */
export function withChange(timeline: Timeline, message: Message): Timeline {
  if (timeline.status !== 'loading' && !findBySeq(timeline.messages, message.seq)) return timeline;
  return withMessage(timeline, message);
}

/** Retention took everything up to `prunedSeq`. */
export function withoutPruned(timeline: Timeline, prunedSeq: number): Timeline {
  const kept = timeline.messages.filter((message) => message.seq > prunedSeq);
  return kept.length === timeline.messages.length ? timeline : { ...timeline, messages: kept };
}

export function findBySeq(messages: readonly Message[], seq: number): Message | null {
  const found = messages[indexOfSeq(messages, seq)];
  return found?.seq === seq ? found : null;
}

/** Ids grow with `seq`, because both are given out under the conversation's lock. */
export function findById(messages: readonly Message[], id: number): Message | null {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((messages[middle] as Message).id < id) low = middle + 1;
    else high = middle;
  }
  const found = messages[low];
  return found?.id === id ? found : null;
}

/** Where `seq` is, or would be. */
export function indexOfSeq(messages: readonly Message[], seq: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((messages[middle] as Message).seq < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Two neighbouring pieces as one; where they overlap, the version that changed last. */
function joined(older: readonly Message[], newer: readonly Message[]): readonly Message[] {
  const first = newer[0];
  const last = older.at(-1);
  if (!first) return older;
  if (!last || last.seq < first.seq) return [...older, ...newer];
  const bySeq = new Map<number, Message>();
  for (const message of [...older, ...newer]) {
    const known = bySeq.get(message.seq);
    if (!known || known.changedAt < message.changedAt) bySeq.set(message.seq, message);
  }
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}
