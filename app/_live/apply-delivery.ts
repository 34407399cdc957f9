import { applyReadMark, withArrivals, withRemoval } from '#app/_live/apply-conversations.ts';
import { applySignal } from '#app/_live/apply-signal.ts';
import {
  applyThreadFollowed,
  applyThreadRead,
  withoutPrunedReplies,
  withReplies,
  withThreadChanges,
  withThreadStates,
} from '#app/_live/apply-threads.ts';
import type { Delivery, EventDelivery } from '#app/_live/delivery.ts';
import type { Message, Timeline } from '#app/_live/model.ts';
import { type LiveState, withEntry } from '#app/_live/state.ts';
import { withChange, withMessage, withoutPruned } from '#app/_live/timeline-window.ts';

/**
 * The state after one delivery. Events come in order and count once: one that was applied before changes nothing.
 * `now` is the browser's clock in milliseconds.
 */
export function applyDelivery(state: LiveState, delivery: Delivery, now: number): LiveState {
  switch (delivery.kind) {
    case 'signal':
      return applySignal(state, delivery.signal, now);
    case 'event':
      if (delivery.id <= state.cursor) return state;
      return withThreadsOf(
        applyEvent(withNews({ ...state, cursor: delivery.id }, delivery.event.type), delivery),
        delivery,
      );
    case 'reset':
      // The caller loads a new bootstrap: no state follows from this one.
      return state;
  }
}

const ADMINISTERED = /^(?:account|webhook|server|conversation)_(?:created|changed|deleted)$/;

function withNews(state: LiveState, type: EventDelivery['event']['type']): LiveState {
  return ADMINISTERED.test(type) ? { ...state, administered: state.administered + 1 } : state;
}

/** The threads that the event's replies are in, once the event itself is applied. */
function withThreadsOf(state: LiveState, { event, threads }: EventDelivery): LiveState {
  if (!threads || !('conversationId' in event)) return state;
  return withThreadStates(state, event.conversationId, threads);
}

function applyEvent(state: LiveState, delivery: EventDelivery): LiveState {
  const { event } = delivery;
  switch (event.type) {
    case 'message_sent':
      return sent(state, delivery.messages ?? []);
    case 'message_pinned':
      return changed({ ...state, pinNews: state.pinNews + 1 }, delivery.messages ?? []);
    case 'message_edited':
    case 'reactions_changed':
      return changed(withPinNews(state, delivery.messages ?? []), delivery.messages ?? []);
    case 'message_deleted':
      return deleted({ ...state, pinNews: state.pinNews + 1 }, event.conversationId, delivery.messages ?? []);
    case 'messages_pruned':
      return withTimeline(
        withoutPrunedReplies(stale(state, event.conversationId), event.conversationId, event.prunedSeq),
        event.conversationId,
        (timeline) => withoutPruned(timeline, event.prunedSeq),
      );
    case 'member_left':
      if (event.accountId === state.me.id) return withRemoval(state, event.conversationId);
      return withView(state, event.conversationId, delivery);
    case 'conversation_deleted':
      return withRemoval(state, event.conversationId);
    case 'conversation_created':
    case 'conversation_changed':
    case 'member_joined':
      return withView(state, event.conversationId, delivery);
    case 'conversation_hidden':
      return hidden(state, event.conversationId, event.hidden);
    case 'read_moved':
      return event.accountId === state.me.id ? applyReadMark(state, event) : state;
    case 'thread_read_moved':
      return event.accountId === state.me.id ? applyThreadRead(state, event) : state;
    case 'thread_followed':
      return event.accountId === state.me.id ? applyThreadFollowed(state, event) : state;
    case 'account_created':
    case 'account_changed':
      return withAccount(state, event.accountId, delivery);
    case 'account_deleted':
      return withoutAccount(state, event.accountId);
    case 'session_ended':
      return isMine(state, event.sessionIds) ? { ...state, ended: true } : state;
    case 'server_changed':
      return { ...state, serverName: event.name };
    // nothing of these is kept: whoever shows them asks
    case 'webhook_created':
    case 'webhook_deleted':
      return state;
  }
}

function isMine({ me }: LiveState, sessionIds: readonly number[]): boolean {
  return me.sessionId !== null && sessionIds.includes(me.sessionId);
}

function sent(state: LiveState, messages: Message[]): LiveState {
  const arrived = withReplies(withArrivals(state, messages), messages);
  return messages.reduce(
    (result, message) =>
      withTimeline(withoutPending(result, message), message.conversationId, (timeline) =>
        withMessage(timeline, message),
      ),
    arrived,
  );
}

/** The message is shown now, so its place in the outbox is free; whoever wrote it has stopped typing. */
function withoutPending(state: LiveState, message: Message): LiveState {
  const quiet = message.sender ? withoutTyping(state, message.conversationId, message.sender.id) : state;
  if (!message.clientKey || message.sender?.id !== state.me.id) return quiet;
  const outbox = quiet.outbox.filter((pending) => pending.clientKey !== message.clientKey);
  return outbox.length === quiet.outbox.length ? quiet : { ...quiet, outbox };
}

function withoutTyping(state: LiveState, conversationId: number, accountId: number): LiveState {
  const typing = state.typing.get(conversationId);
  if (!typing?.has(accountId)) return state;
  return { ...state, typing: withEntry(state.typing, conversationId, withEntry(typing, accountId, null)) };
}

function changed(state: LiveState, messages: Message[]): LiveState {
  return messages.reduce(
    (result, message) =>
      withTimeline(withQuoted(result, message), message.conversationId, (timeline) =>
        withChange(timeline, message),
      ),
    withThreadChanges(state, messages),
  );
}

function withPinNews(state: LiveState, messages: readonly Message[]): LiveState {
  return messages.some(({ pinnedAt }) => pinnedAt !== null)
    ? { ...state, pinNews: state.pinNews + 1 }
    : state;
}

function withQuoted(state: LiveState, message: Message): LiveState {
  if (!state.quoted.has(message.id)) return state;
  return { ...state, quoted: withEntry(state.quoted, message.id, message) };
}

function deleted(state: LiveState, conversationId: number, messages: Message[]): LiveState {
  const conversation = state.conversations.get(conversationId);
  const wasUnread =
    conversation?.unread && messages.some((message) => message.counts && message.seq > conversation.readSeq);
  return changed(wasUnread ? stale(state, conversationId) : state, messages);
}

function hidden(state: LiveState, conversationId: number, isHidden: boolean): LiveState {
  const conversation = state.conversations.get(conversationId);
  if (!conversation) return stale(state, conversationId);
  if (conversation.hidden === isHidden) return state;
  return {
    ...state,
    conversations: withEntry(state.conversations, conversationId, { ...conversation, hidden: isHidden }),
  };
}

function withView(state: LiveState, conversationId: number, delivery: EventDelivery): LiveState {
  if (delivery.conversation === undefined) return stale(state, conversationId);
  if (delivery.conversation === null) return withRemoval(state, conversationId);
  return {
    ...state,
    conversations: withEntry(state.conversations, conversationId, delivery.conversation),
  };
}

function withAccount(state: LiveState, accountId: number, { account }: EventDelivery): LiveState {
  if (!account) return { ...state, staleAccounts: new Set(state.staleAccounts).add(accountId) };
  return {
    ...state,
    me: accountId === state.me.id ? { ...state.me, ...account } : state.me,
    accounts: withEntry(state.accounts, accountId, account),
  };
}

function withoutAccount(state: LiveState, accountId: number): LiveState {
  if (accountId === state.me.id) return { ...state, ended: true };
  return {
    ...state,
    accounts: withEntry(state.accounts, accountId, null),
    presence: withEntry(state.presence, accountId, null),
  };
}

function stale(state: LiveState, conversationId: number): LiveState {
  return { ...state, stale: new Set(state.stale).add(conversationId) };
}

function withTimeline(
  state: LiveState,
  conversationId: number,
  change: (timeline: Timeline) => Timeline,
): LiveState {
  const timeline = state.timelines.get(conversationId);
  if (!timeline) return state;
  const next = change(timeline);
  return next === timeline
    ? state
    : { ...state, timelines: withEntry(state.timelines, conversationId, next) };
}
