// What the store's tests are made of: a conversation, its people, deliveries in order.
import type { Delivery } from '#app/_live/delivery.ts';
import type { Bootstrap, ConversationView, Message } from '#app/_live/model.ts';
import type { DomainEvent } from '#server/domain/kernel/events';

export const alice = { id: 1, name: 'alice', displayName: null };
export const bob = { id: 2, name: 'bob', displayName: null };

export const START = 1_770_000_000_000_000;

export function conversation(change: Partial<ConversationView> = {}): ConversationView {
  return {
    id: 7,
    kind: 'channel',
    visibility: 'public',
    name: 'general',
    topic: null,
    people: [],
    role: 'member',
    position: 0,
    adminsOnly: false,
    createdAt: START,
    lastSeq: 0,
    lastSentAt: 0,
    readSeq: 0,
    readStamp: 0,
    historyStart: 0,
    unread: 0,
    mentions: 0,
    hidden: false,
    may: { post: true, thread: true, removeMessages: false, rename: false, addMembers: false, leave: false },
    ...change,
  };
}

/** The message with this `seq`, by bob unless told otherwise. */
export function message(seq: number, change: Partial<Message> = {}): Message {
  const createdAt = START + seq * 1_000_000;
  return {
    id: 100 + seq,
    conversationId: 7,
    seq,
    kind: 'text',
    counts: true,
    ordinal: seq,
    sender: bob,
    text: `message ${seq}`,
    files: [],
    replyToId: null,
    threadRootId: null,
    bot: null,
    thread: null,
    mentions: [],
    mentionsEveryone: false,
    reactions: [],
    clientKey: null,
    createdAt,
    editedAt: null,
    reactedAt: null,
    deletedAt: null,
    pinnedAt: null,
    changedAt: createdAt,
    ...change,
  };
}

export function messages(from: number, to: number): Message[] {
  return Array.from({ length: to - from + 1 }, (_, index) => message(from + index));
}

export function bootstrap(change: Partial<Bootstrap> = {}): Bootstrap {
  const account = (id: number, username: string) => ({
    id,
    username,
    displayName: null,
    role: 'member' as const,
    nameColor: null,
    avatarFile: null,
    bio: null,
    createdAt: START,
  });
  return {
    me: { ...account(1, 'alice'), sessionId: 11 },
    serverName: null,
    conversations: [conversation()],
    accounts: [account(1, 'alice'), account(2, 'bob')],
    presence: [],
    unreadThreads: [],
    cursor: 0,
    limits: { uploadBytes: 1_000_000, avatarBytes: 1_000_000 },
    ...change,
  };
}

/** One stored event as the stream brings it. */
export function delivery(id: number, event: DomainEvent, carried: Message[] = []): Delivery {
  return { kind: 'event', id, event, messages: carried };
}

export function sent(id: number, ...carried: Message[]): Delivery {
  const messageIds = carried.map((each) => each.id);
  return delivery(id, { type: 'message_sent', conversationId: 7, messageIds }, carried);
}
