import type { ConversationView } from '#app/_live/model.ts';

export const ME = { id: 1, name: 'me', displayName: null };

/** A conversation view with nothing special about it but what is given. */
export function view(given: Partial<ConversationView> & { id: number }): ConversationView {
  return {
    kind: 'channel',
    visibility: 'public',
    name: `channel-${given.id}`,
    topic: null,
    people: [],
    role: 'member',
    position: 0,
    adminsOnly: false,
    createdAt: 0,
    lastSeq: 0,
    lastSentAt: 0,
    readSeq: 0,
    readStamp: 0,
    historyStart: 0,
    unread: 0,
    mentions: 0,
    hidden: false,
    may: { post: true, thread: true, removeMessages: false, rename: false, addMembers: false, leave: false },
    ...given,
  };
}

export function direct(
  given: Partial<ConversationView> & { id: number },
  ...names: string[]
): ConversationView {
  const people = [ME, ...names.map((name, index) => ({ id: 100 + index, name, displayName: null }))];
  return view({ kind: 'direct', visibility: 'private', name: null, people, ...given });
}

export function privateChannel(given: Partial<ConversationView> & { id: number }): ConversationView {
  return view({ visibility: 'private', ...given });
}
