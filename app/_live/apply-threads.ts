import type { Message, Standing, Thread } from '#app/_live/model.ts';
import { type LiveState, withEntry } from '#app/_live/state.ts';
import { findById } from '#app/_live/timeline-window.ts';
import type { ThreadState } from '#server/live/delivery';

/** New messages, as far as they are replies: in the threads that are loaded, and in what I have not read of mine. */
export function withReplies(state: LiveState, messages: readonly Message[]): LiveState {
  return messages.reduce((result, message) => {
    const { threadRootId: rootId } = message;
    if (rootId === null) return result;
    const shown = withThread(result, rootId, (thread) => withReply(thread, message));
    return withNews(withStanding(shown, rootId, message));
  }, state);
}

/** A reply where it belongs. Unlike a conversation's, the numbers of a thread have gaps: it is put in by order. */
export function withReply(thread: Thread, reply: Message): Thread {
  if (reply.deletedAt !== null) return thread;
  const known = thread.replies.findIndex(({ id }) => id === reply.id);
  if (known >= 0) {
    if ((thread.replies[known] as Message).changedAt >= reply.changedAt) return thread;
    return { ...thread, replies: thread.replies.with(known, reply) };
  }
  const after = thread.replies.findLastIndex(({ seq }) => seq < reply.seq);
  // Before the first one that is loaded stand those that are still to be asked for.
  if (after === -1 && thread.hasOlder) return thread;
  return { ...thread, replies: thread.replies.toSpliced(after + 1, 0, reply) };
}

function withStanding(state: LiveState, rootId: number, reply: Message): LiveState {
  const { conversationId, seq, createdAt } = reply;
  if (reply.sender?.id === state.me.id) {
    // Replying follows, and everything up to the reply counts as read.
    return setStanding(state, {
      rootId,
      conversationId,
      following: true,
      readSeq: seq,
      unread: 0,
      lastAt: createdAt,
    });
  }
  const standing = state.standings.get(rootId);
  if (!standing) return withStaleThread(state, rootId);
  // A page that starts behind the stream hears again of what its standing counted already.
  if (createdAt <= standing.lastAt) return state;
  const isCalled = reply.mentions.some((person) => person.id === state.me.id);
  const following = standing.following || isCalled;
  const unread = following && seq > standing.readSeq ? standing.unread + 1 : standing.unread;
  return setStanding(state, { ...standing, following, unread, lastAt: createdAt });
}

/** Messages that changed or went, as roots and as replies. */
export function withThreadChanges(state: LiveState, messages: readonly Message[]): LiveState {
  return messages.reduce((result, message) => {
    const rootId = message.threadRootId ?? message.id;
    const shown = withThread(result, rootId, (thread) => withChanged(thread, message));
    const isOfThread =
      message.threadRootId !== null || message.thread !== null || shown.standings.has(rootId);
    if (!isOfThread) return shown;
    return withNews(message.deletedAt === null ? shown : withoutDeleted(shown, message));
  }, state);
}

function withChanged(thread: Thread, message: Message): Thread {
  if (message.threadRootId === null) {
    if (!thread.root || thread.root.changedAt >= message.changedAt) return thread;
    return message.deletedAt === null
      ? { ...thread, root: message }
      : { ...thread, status: 'missing', root: message, replies: [] };
  }
  if (message.deletedAt !== null) {
    return { ...thread, replies: thread.replies.filter(({ id }) => id !== message.id) };
  }
  return thread.replies.some(({ id }) => id === message.id) ? withReply(thread, message) : thread;
}

function withoutDeleted(state: LiveState, { id, threadRootId, seq }: Message): LiveState {
  if (threadRootId === null) return { ...state, standings: withEntry(state.standings, id, null) };
  const standing = state.standings.get(threadRootId);
  const wasUnread = standing && standing.unread > 0 && seq > standing.readSeq;
  return wasUnread ? withStaleThread(state, threadRootId) : state;
}

/** What threads have become, told with the replies that made them so: their roots show it. */
export function withThreadStates(
  state: LiveState,
  conversationId: number,
  threads: readonly ThreadState[],
): LiveState {
  return threads.reduce((result, { rootId, thread, changedAt }) => {
    const renewed = (root: Message): Message =>
      root.changedAt >= changedAt ? root : { ...root, thread, changedAt };
    const shown = withThread(result, rootId, (one) => {
      const root = one.root && renewed(one.root);
      return root === one.root ? one : { ...one, root };
    });
    return withRootInTimeline(shown, conversationId, rootId, renewed);
  }, state);
}

function withRootInTimeline(
  state: LiveState,
  conversationId: number,
  rootId: number,
  renewed: (root: Message) => Message,
): LiveState {
  const timeline = state.timelines.get(conversationId);
  const known = timeline && findById(timeline.messages, rootId);
  if (!timeline || !known) return state;
  const root = renewed(known);
  if (root === known) return state;
  const messages = timeline.messages.with(timeline.messages.indexOf(known), root);
  return { ...state, timelines: withEntry(state.timelines, conversationId, { ...timeline, messages }) };
}

/** My mark in a thread moved, here or in another window. It only ever moves on. */
export function applyThreadRead(state: LiveState, { rootId, readSeq }: { rootId: number; readSeq: number }) {
  const standing = state.standings.get(rootId);
  if (!standing || readSeq <= standing.readSeq) return state;
  // How much is left is not told.
  const marked = setStanding(state, { ...standing, readSeq });
  return standing.unread > 0 ? withStaleThread(marked, rootId) : marked;
}

export function applyThreadFollowed(
  state: LiveState,
  event: { conversationId: number; rootId: number; following: boolean },
): LiveState {
  const { conversationId, rootId, following } = event;
  const known = state.standings.get(rootId);
  const begun: Standing = { rootId, conversationId, following, readSeq: 0, unread: 0, lastAt: 0 };
  const next = withNews(setStanding(state, { ...(known ?? begun), following, unread: 0 }));
  // Following counts what is there as read, up to a place that is not told.
  return following ? withStaleThread(next, rootId) : next;
}

/** I don't belong to the conversation any more. */
export function withoutThreadsOf(state: LiveState, conversationId: number): LiveState {
  return {
    ...state,
    threads: new Map(
      [...state.threads].filter(([, { root }]) => root !== null && root.conversationId !== conversationId),
    ),
    standings: new Map(
      [...state.standings].filter(([, standing]) => standing.conversationId !== conversationId),
    ),
    threadNews: state.threadNews + 1,
  };
}

/** Retention took everything of a conversation up to `prunedSeq`. */
export function withoutPrunedReplies(state: LiveState, conversationId: number, prunedSeq: number): LiveState {
  let next = state;
  for (const [rootId, { root, replies }] of state.threads) {
    if (root?.conversationId !== conversationId) continue;
    next = withThread(next, rootId, (thread) =>
      root.seq <= prunedSeq
        ? { ...thread, status: 'missing', replies: [] }
        : { ...thread, replies: replies.filter(({ seq }) => seq > prunedSeq) },
    );
  }
  return withNews(next);
}

export function setStanding(state: LiveState, standing: Standing): LiveState {
  return { ...state, standings: withEntry(state.standings, standing.rootId, standing) };
}

/** Something happened that the list of threads shows. */
function withNews(state: LiveState): LiveState {
  return { ...state, threadNews: state.threadNews + 1 };
}

export function withStaleThread(state: LiveState, rootId: number): LiveState {
  return { ...state, staleThreads: new Set(state.staleThreads).add(rootId) };
}

export function withThread(state: LiveState, rootId: number, change: (thread: Thread) => Thread): LiveState {
  const thread = state.threads.get(rootId);
  if (!thread) return state;
  const next = change(thread);
  return next === thread ? state : { ...state, threads: withEntry(state.threads, rootId, next) };
}
