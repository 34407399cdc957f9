import { withArrivals } from '#app/_live/apply-conversations.ts';
import { withReplies } from '#app/_live/apply-threads.ts';
import type { Message } from '#app/_live/model.ts';
import { type LiveState, withEntry } from '#app/_live/state.ts';
import { withMessage } from '#app/_live/timeline-window.ts';

/**
 * The server has stored a message of mine. If it is the next one of its timeline it takes the pending row's place;
 * otherwise others wrote in between, and the row waits as "sent" until the stream has brought theirs.
 */
export function applySent(state: LiveState, clientKey: string, messages: readonly Message[]): LiveState {
  const [message] = messages;
  const marked = {
    ...withReplies(withArrivals(state, messages), messages),
    outbox: state.outbox.map((pending) =>
      pending.clientKey === clientKey
        ? { ...pending, state: 'sent' as const, sentSeq: message?.seq ?? 0 }
        : pending,
    ),
  };
  if (!message) return withoutShown(marked);
  const timeline = state.timelines.get(message.conversationId);
  const newest = timeline?.messages.at(-1)?.seq ?? 0;
  const isNext = timeline?.status === 'ready' && !timeline.hasNewer && message.seq === newest + 1;
  if (!timeline || !isNext) return withoutShown(marked);
  return withoutShown({
    ...marked,
    timelines: withEntry(state.timelines, message.conversationId, withMessage(timeline, message)),
  });
}

/** Drops what was sent and now stands in its timeline, or has no timeline to stand in. */
export function withoutShown(state: LiveState): LiveState {
  const outbox = state.outbox.filter((pending) => {
    if (pending.state !== 'sent') return true;
    // A reply takes its place in the thread at once: there it needs no neighbours.
    if (pending.threadRootId !== null) return false;
    const timeline = state.timelines.get(pending.conversationId);
    if (!timeline || timeline.hasNewer) return false;
    return (timeline.messages.at(-1)?.seq ?? 0) < pending.sentSeq;
  });
  return outbox.length === state.outbox.length ? state : { ...state, outbox };
}
