import { describe, expect, test } from 'vitest';
import { applyDelivery } from '#app/_live/apply-delivery.ts';
import type { Delivery } from '#app/_live/delivery.ts';
import { initialState, type LiveState, withEntry } from '#app/_live/state.ts';
import { opened } from '#app/_live/timeline-window.ts';
import {
  alice,
  bob,
  bootstrap,
  conversation,
  delivery,
  message,
  messages,
  sent,
} from '#tests/app/live/samples';

const NOW = 1_000;

function stateWith(known: number, change: Partial<LiveState> = {}): LiveState {
  const view = conversation({ lastSeq: known, readSeq: known });
  const page = { messages: messages(1, known), hasOlder: false, hasNewer: false };
  const state = initialState(bootstrap({ conversations: [view] }), { conversationId: 7, page });
  return { ...state, ...change };
}

const apply = (state: LiveState, ...deliveries: Delivery[]) =>
  deliveries.reduce((result, each) => applyDelivery(result, each, NOW), state);

const general = (state: LiveState) => state.conversations.get(7);
const seqs = (state: LiveState) => state.timelines.get(7)?.messages.map(({ seq }) => seq);

describe('a new message', () => {
  test('stands at the end, counts as unread and moves the conversation up', () => {
    const state = apply(stateWith(2), sent(1, message(3)));
    expect(seqs(state)).toEqual([1, 2, 3]);
    expect(general(state)).toMatchObject({ unread: 1, lastSeq: 3, lastSentAt: message(3).createdAt });
  });

  test('counts once, however often the stream repeats it', () => {
    const once = apply(stateWith(2), sent(1, message(3)));
    expect(apply(once, sent(1, message(3)))).toBe(once);
  });

  test('that the bootstrap already counted is not counted again', () => {
    const state = apply(stateWith(3), sent(1, message(3)));
    expect(general(state)?.unread).toBe(0);
    expect(seqs(state)).toEqual([1, 2, 3]);
  });

  test('of mine is read, with everything before it', () => {
    const mine = message(4, { sender: alice });
    const state = apply(stateWith(2), sent(1, message(3)), sent(2, mine));
    expect(general(state)).toMatchObject({ unread: 0, readSeq: 4 });
  });

  test('that names me counts as a mention, as does one for everyone', () => {
    const state = apply(
      stateWith(0),
      sent(1, message(1, { mentions: [alice] })),
      sent(2, message(2, { mentionsEveryone: true })),
      sent(3, message(3, { mentions: [bob] })),
    );
    expect(general(state)).toMatchObject({ unread: 3, mentions: 2 });
  });

  test('that is a notice is shown and not counted', () => {
    const state = apply(stateWith(0), sent(1, message(1, { kind: 'notice', counts: false, sender: null })));
    expect(general(state)?.unread).toBe(0);
    expect(seqs(state)).toEqual([1]);
  });

  test('brings back a conversation that I closed', () => {
    const view = conversation({ hidden: true });
    const state = apply(initialState(bootstrap({ conversations: [view] })), sent(1, message(1)));
    expect(general(state)?.hidden).toBe(false);
  });

  test('in a conversation I do not know yet makes me ask for it', () => {
    const state = apply(initialState(bootstrap({ conversations: [] })), sent(1, message(1)));
    expect([...state.stale]).toEqual([7]);
  });

  test('that would leave a hole is not shown: there are newer pages to load', () => {
    const state = apply(stateWith(2), sent(1, message(5)));
    expect(seqs(state)).toEqual([1, 2]);
    expect(state.timelines.get(7)?.hasNewer).toBe(true);
  });

  test('while the first page is on its way is laid over the page', () => {
    const loading = stateWith(0, { timelines: new Map() });
    const timeline = { ...opened(undefined, { messages: [], hasOlder: false, hasNewer: false }) };
    const asked = {
      ...loading,
      timelines: withEntry(loading.timelines, 7, { ...timeline, status: 'loading' as const }),
    };
    const early = apply(asked, sent(1, message(3))).timelines.get(7);
    const page = { messages: messages(1, 2), hasOlder: false, hasNewer: false };
    expect(opened(early, page).messages.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  test('of mine takes the place of the pending one and ends my typing', () => {
    const pending = {
      clientKey: 'k',
      conversationId: 7,
      text: 'hello',
      files: [],
      replyToId: null,
      threadRootId: null,
      alsoInChannel: false,
      writtenAt: 0,
      state: 'sending' as const,
      problem: null,
      sentSeq: 0,
    };
    const state = apply(
      stateWith(0, { outbox: [pending] }),
      sent(1, message(1, { sender: alice, clientKey: 'k' })),
    );
    expect(state.outbox).toEqual([]);
    expect(seqs(state)).toEqual([1]);
  });
});

describe('a change', () => {
  const event = (type: 'message_edited' | 'reactions_changed' | 'message_deleted', seq: number) => ({
    type,
    conversationId: 7,
    messageId: 100 + seq,
    replyIds: [],
  });

  test('replaces the message where it stands', () => {
    const edited = message(2, { text: 'better', changedAt: message(9).changedAt });
    const state = apply(stateWith(3), delivery(1, event('message_edited', 2), [edited]));
    expect(state.timelines.get(7)?.messages[1]?.text).toBe('better');
  });

  test('older than what is shown changes nothing', () => {
    const newer = message(2, { text: 'newest', changedAt: message(9).changedAt });
    const older = message(2, { text: 'stale', changedAt: message(8).changedAt });
    const state = apply(
      stateWith(3),
      delivery(1, event('message_edited', 2), [newer]),
      delivery(2, event('message_edited', 2), [older]),
    );
    expect(state.timelines.get(7)?.messages[1]?.text).toBe('newest');
  });

  test('of a message that is not loaded adds no row', () => {
    const edited = message(9, { changedAt: message(20).changedAt });
    expect(seqs(apply(stateWith(3), delivery(1, event('message_edited', 9), [edited])))).toEqual([1, 2, 3]);
  });

  test('reaches the quotes of a message as well', () => {
    const quoted = new Map([[102, message(2)]]);
    const edited = message(2, { text: 'better', changedAt: message(9).changedAt });
    const state = apply(stateWith(0, { quoted }), delivery(1, event('message_edited', 2), [edited]));
    expect(state.quoted.get(102)?.text).toBe('better');
  });

  test('that deletes an unread message makes me ask for the count', () => {
    const gone = message(3, { text: null, deletedAt: message(9).createdAt, changedAt: message(9).changedAt });
    const state = apply(stateWith(2), sent(1, message(3)), delivery(2, event('message_deleted', 3), [gone]));
    expect([...state.stale]).toEqual([7]);
    expect(state.timelines.get(7)?.messages[2]?.deletedAt).not.toBeNull();
  });
});

describe('reading', () => {
  const moved = (id: number, readSeq: number, unread: number) =>
    delivery(id, { type: 'read_moved', conversationId: 7, accountId: 1, readSeq, unread });

  test('elsewhere clears the badge here', () => {
    const state = apply(stateWith(0), sent(1, message(1, { mentions: [alice] })), moved(2, 1, 0));
    expect(general(state)).toMatchObject({ unread: 0, mentions: 0, readSeq: 1 });
  });

  test('by somebody else is not my reading', () => {
    const before = apply(stateWith(0), sent(1, message(1)));
    const state = apply(
      before,
      delivery(2, { type: 'read_moved', conversationId: 7, accountId: 2, readSeq: 1, unread: 0 }),
    );
    expect(general(state)?.unread).toBe(1);
  });

  test('an echo of an earlier mark does not take back the one on its way', () => {
    const state = stateWith(5, { reading: new Map([[7, 5]]) });
    expect(general(apply(state, moved(1, 3, 2)))).toMatchObject({ readSeq: 5, unread: 0 });
  });

  test('marking as unread goes back', () => {
    const state = apply(stateWith(5), moved(1, 2, 3));
    expect(general(state)).toMatchObject({ readSeq: 2, unread: 3 });
    expect([...state.stale]).toEqual([7]);
  });
});

describe('people and places', () => {
  test('leaving takes everything of the conversation out of the browser', () => {
    const state = apply(stateWith(3), delivery(1, { type: 'member_left', conversationId: 7, accountId: 1 }));
    expect(general(state)).toBeUndefined();
    expect(state.timelines.has(7)).toBe(false);
  });

  test('a session that ends elsewhere leaves this one alone', () => {
    const ended = (sessionIds: number[]) => delivery(1, { type: 'session_ended', accountId: 1, sessionIds });
    expect(apply(stateWith(0), ended([12])).ended).toBe(false);
    expect(apply(stateWith(0), ended([12, 11])).ended).toBe(true);
  });

  test('a typing ping lasts five seconds, or until the message is there', () => {
    const ping: Delivery = { kind: 'signal', signal: { type: 'typing', conversationId: 7, accountId: 2 } };
    const state = apply(stateWith(0), ping);
    expect(state.typing.get(7)?.get(2)).toBe(NOW + 5_000);
    expect(
      apply(state, sent(1, message(1)))
        .typing.get(7)
        ?.has(2),
    ).toBe(false);
  });

  test('receipts follow in conversations that were opened', () => {
    const receipt: Delivery = {
      kind: 'signal',
      signal: { type: 'receipt', conversationId: 7, accountId: 2, readSeq: 3, readStamp: 9 },
    };
    expect(apply(stateWith(3), receipt).receipts.has(7)).toBe(false);
    const state = apply(stateWith(3, { receipts: new Map([[7, new Map()]]) }), receipt);
    expect(state.receipts.get(7)?.get(2)).toEqual({ person: bob, readSeq: 3, readStamp: 9 });
  });
});
