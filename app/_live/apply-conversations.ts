import { withoutThreadsOf } from '#app/_live/apply-threads.ts';
import type { ConversationView, Message } from '#app/_live/model.ts';
import { type LiveState, withEntry } from '#app/_live/state.ts';

/**
 * New messages of one conversation in its place in the lists. A message the view already knows (it was part of the
 * bootstrap, which is newer than the cursor) is not counted a second time.
 */
export function withArrivals(state: LiveState, messages: readonly Message[]): LiveState {
  const [first] = messages;
  if (!first) return state;
  const conversation = state.conversations.get(first.conversationId);
  if (!conversation) return { ...state, stale: new Set(state.stale).add(first.conversationId) };
  const news = messages.filter(
    (message) => message.seq > conversation.lastSeq && isNews(message, state.me.id),
  );
  const next = messages.reduce((view, message) => withArrival(view, message, state.me.id), conversation);
  const counted = (state.counted.get(conversation.id) ?? 0) + news.length;
  return next === conversation
    ? state
    : {
        ...state,
        counted: news.length > 0 ? withEntry(state.counted, conversation.id, counted) : state.counted,
        conversations: withEntry(state.conversations, conversation.id, next),
      };
}

/** Whether a message is something that I have not read. Replies that live in their thread only are counted there. */
function isNews(message: Message, myId: number): boolean {
  return message.counts && message.deletedAt === null && message.sender?.id !== myId;
}

function withArrival(view: ConversationView, message: Message, myId: number): ConversationView {
  if (message.seq <= view.lastSeq) return view;
  const arrived = { ...view, lastSeq: message.seq, lastSentAt: message.createdAt, hidden: false };
  if (message.sender?.id === myId && message.counts) {
    // Sending moves the sender's own mark: everything before it is read.
    return { ...arrived, readSeq: message.seq, readStamp: message.createdAt, unread: 0, mentions: 0 };
  }
  if (!isNews(message, myId)) return arrived;
  const concernsMe = message.mentionsEveryone || message.mentions.some((person) => person.id === myId);
  return { ...arrived, unread: view.unread + 1, mentions: view.mentions + (concernsMe ? 1 : 0) };
}

/** My read mark moved, here or in another window. */
export function applyReadMark(
  state: LiveState,
  mark: { conversationId: number; readSeq: number; unread: number },
): LiveState {
  const view = state.conversations.get(mark.conversationId);
  // An echo of an earlier mark must not take back the one that is on its way.
  if (!view || mark.readSeq < (state.reading.get(mark.conversationId) ?? 0)) return state;
  // The event tells no number of mentions: with something left unread it has to be asked for.
  const stale = mark.unread > 0 ? new Set(state.stale).add(mark.conversationId) : state.stale;
  const conversation = {
    ...view,
    readSeq: mark.readSeq,
    unread: mark.unread,
    mentions: Math.min(view.mentions, mark.unread),
  };
  return {
    ...state,
    stale,
    conversations: withEntry(state.conversations, mark.conversationId, conversation),
  };
}

/** I don't belong to it any more: nothing of it stays in the browser. */
export function withRemoval(state: LiveState, conversationId: number): LiveState {
  return {
    ...withoutThreadsOf(state, conversationId),
    conversations: withEntry(state.conversations, conversationId, null),
    timelines: withEntry(state.timelines, conversationId, null),
    receipts: withEntry(state.receipts, conversationId, null),
    typing: withEntry(state.typing, conversationId, null),
    outbox: state.outbox.filter((pending) => pending.conversationId !== conversationId),
  };
}
