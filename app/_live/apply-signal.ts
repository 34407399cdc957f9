import type { Receipt } from '#app/_live/model.ts';
import { personOf } from '#app/_live/person.ts';
import { type LiveState, withEntry } from '#app/_live/state.ts';
import type { Signal } from '#server/domain/kernel/events';

/** How long one typing ping keeps the line up, in milliseconds. */
export const TYPING_LASTS = 5000;

export function applySignal(state: LiveState, signal: Signal, now: number): LiveState {
  switch (signal.type) {
    case 'presence':
      if (state.presence.get(signal.accountId) === signal.state) return state;
      return { ...state, presence: withEntry(state.presence, signal.accountId, signal.state) };
    case 'typing': {
      const typing = state.typing.get(signal.conversationId) ?? new Map<number, number>();
      return {
        ...state,
        typing: withEntry(
          state.typing,
          signal.conversationId,
          withEntry(typing, signal.accountId, now + TYPING_LASTS),
        ),
      };
    }
    case 'receipt':
      return applyReceipt(state, signal);
  }
}

/** Read marks can go back (marking as unread), so the newest word counts, not the largest. */
function applyReceipt(state: LiveState, signal: Extract<Signal, { type: 'receipt' }>): LiveState {
  const receipts = state.receipts.get(signal.conversationId);
  const account = state.accounts.get(signal.accountId);
  if (!receipts || !account || signal.accountId === state.me.id) return state;
  const receipt: Receipt = {
    person: personOf(account),
    readSeq: signal.readSeq,
    readStamp: signal.readStamp,
  };
  return {
    ...state,
    receipts: withEntry(
      state.receipts,
      signal.conversationId,
      withEntry(receipts, signal.accountId, receipt),
    ),
  };
}

/** Takes out the pings that ran out. */
export function withoutStaleTyping(state: LiveState, now: number): LiveState {
  let typing = state.typing;
  for (const [conversationId, pings] of state.typing) {
    const live = new Map([...pings].filter(([, until]) => until > now));
    if (live.size < pings.size) typing = withEntry(typing, conversationId, live.size > 0 ? live : null);
  }
  return typing === state.typing ? state : { ...state, typing };
}
