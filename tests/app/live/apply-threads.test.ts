import { describe, expect, test } from 'vitest';
import { applyDelivery } from '#app/_live/apply-delivery.ts';
import { applySent } from '#app/_live/apply-outbox.ts';
import type { Delivery } from '#app/_live/delivery.ts';
import type { Message, Standing, Thread } from '#app/_live/model.ts';
import { initialState, type LiveState } from '#app/_live/state.ts';
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
/** The message that the thread begins with is the first of the conversation. */
const ROOT = 101;

const reply = (seq: number, change: Partial<Message> = {}) =>
  message(seq, { threadRootId: ROOT, counts: false, ordinal: 3, ...change });

const standing = (change: Partial<Standing> = {}): Standing => {
  return { rootId: ROOT, conversationId: 7, following: true, readSeq: 3, unread: 0, lastAt: 0, ...change };
};

const thread = (change: Partial<Thread> = {}): Thread => {
  return { status: 'ready', root: message(1), replies: [], hasOlder: false, loadingOlder: false, ...change };
};

/** Alice has read a channel of three messages and follows the thread of the first. */
function stateWith(change: Partial<LiveState> = {}): LiveState {
  const page = { messages: messages(1, 3), hasOlder: false, hasNewer: false };
  const view = conversation({ lastSeq: 3, readSeq: 3 });
  return {
    ...initialState(bootstrap({ conversations: [view] }), { conversationId: 7, page }),
    standings: new Map([[ROOT, standing()]]),
    threads: new Map([[ROOT, thread()]]),
    ...change,
  };
}

const apply = (state: LiveState, ...deliveries: Delivery[]) =>
  deliveries.reduce((result, each) => applyDelivery(result, each, NOW), state);
const repliesOf = (state: LiveState) => state.threads.get(ROOT)?.replies.map(({ seq }) => seq);
const standingOf = (state: LiveState) => state.standings.get(ROOT);

describe('a reply in a thread', () => {
  test('stands in its thread, and leaves what is unread in the channel alone', () => {
    const state = apply(stateWith(), sent(1, reply(4)));
    expect(repliesOf(state)).toEqual([4]);
    expect(state.conversations.get(7)).toMatchObject({ unread: 0, readSeq: 3, lastSeq: 4 });
    expect(state.timelines.get(7)?.messages).toHaveLength(4);
    expect(state.counted.get(7)).toBeUndefined();
  });

  test('by somebody else is unread in a thread that I follow, once', () => {
    const once = apply(stateWith(), sent(1, reply(4)), sent(2, reply(5)));
    expect(standingOf(once)).toMatchObject({ unread: 2, lastAt: reply(5).createdAt });
    expect(standingOf(apply(once, sent(3, reply(5))))?.unread).toBe(2);
  });

  test('in a thread that I don’t follow is nothing of mine, until it names me', () => {
    const before = stateWith({ standings: new Map([[ROOT, standing({ following: false })]]) });
    expect(standingOf(apply(before, sent(1, reply(4))))?.unread).toBe(0);
    const called = apply(before, sent(1, reply(4, { mentions: [alice] })));
    expect(standingOf(called)).toMatchObject({ following: true, unread: 1 });
  });

  test('in a thread I know nothing of makes me ask', () => {
    const state = apply(stateWith({ standings: new Map() }), sent(1, reply(4)));
    expect([...state.staleThreads]).toEqual([ROOT]);
  });

  test('of mine follows the thread and reads it, and not the channel', () => {
    const unread = standing({ following: false, unread: 2 });
    const state = apply(
      stateWith({
        standings: new Map([[ROOT, unread]]),
        conversations: new Map([[7, conversation({ lastSeq: 3, readSeq: 2, unread: 1 })]]),
      }),
      sent(1, reply(4, { sender: alice })),
    );
    expect(standingOf(state)).toMatchObject({ following: true, unread: 0, readSeq: 4 });
    expect(state.conversations.get(7)).toMatchObject({ readSeq: 2, unread: 1 });
  });

  test('sent to the channel as well counts there too', () => {
    const state = apply(stateWith(), sent(1, reply(4, { counts: true })));
    expect(state.conversations.get(7)?.unread).toBe(1);
    expect(state.counted.get(7)).toBe(1);
    expect(standingOf(state)?.unread).toBe(1);
  });

  test('is put in by order, whatever came before it', () => {
    const state = apply(
      stateWith({ threads: new Map([[ROOT, thread({ replies: [reply(6)] })]]) }),
      sent(1, reply(4)),
    );
    expect(repliesOf(state)).toEqual([4, 6]);
    const partly = thread({ replies: [reply(6)], hasOlder: true });
    expect(repliesOf(apply(stateWith({ threads: new Map([[ROOT, partly]]) }), sent(1, reply(4))))).toEqual([
      6,
    ]);
  });

  test('of mine takes its place when the server has it, before the stream tells', () => {
    const pending = {
      clientKey: 'k',
      conversationId: 7,
      text: 'hello',
      files: [],
      replyToId: null,
      threadRootId: ROOT,
      alsoInChannel: false,
      writtenAt: 0,
      state: 'sending' as const,
      problem: null,
      sentSeq: 0,
    };
    // others wrote in the channel meanwhile: that holds up nothing in the thread
    const state = applySent(stateWith({ outbox: [pending] }), 'k', [
      reply(6, { sender: alice, clientKey: 'k' }),
    ]);
    expect(repliesOf(state)).toEqual([6]);
    expect(state.outbox).toEqual([]);
  });
});

describe('the message a thread begins with', () => {
  const summary = {
    replyCount: 1,
    lastReplyAt: reply(4).createdAt,
    lastReplyBy: bob,
    people: [bob],
  };

  test('shows what its thread has become, in the channel and above the replies', () => {
    const told: Delivery = {
      ...(sent(1, reply(4)) as Extract<Delivery, { kind: 'event' }>),
      threads: [{ rootId: ROOT, thread: summary, changedAt: reply(4).createdAt }],
    };
    const state = apply(stateWith(), told);
    expect(state.timelines.get(7)?.messages[0]?.thread).toEqual(summary);
    expect(state.threads.get(ROOT)?.root?.thread).toEqual(summary);
    const stale = {
      ...told,
      id: 2,
      threads: [{ rootId: ROOT, thread: null, changedAt: reply(4).createdAt - 1 }],
    };
    expect(apply(state, stale).timelines.get(7)?.messages[0]?.thread).toEqual(summary);
  });

  test('takes the thread with it when it is deleted', () => {
    const gone = { text: null, deletedAt: message(9).createdAt, changedAt: message(9).createdAt };
    const before = apply(stateWith(), sent(1, reply(4)));
    const state = apply(
      before,
      delivery(2, { type: 'message_deleted', conversationId: 7, messageId: ROOT, replyIds: [104] }, [
        message(1, gone),
        reply(4, gone),
      ]),
    );
    expect(state.threads.get(ROOT)).toMatchObject({ status: 'missing', replies: [] });
    expect(standingOf(state)).toBeUndefined();
    expect(state.staleThreads.size).toBe(0);
  });
});

describe('what happens to a reply', () => {
  test('an edit shows in the thread', () => {
    const before = apply(stateWith(), sent(1, reply(4)));
    const edited = reply(4, { text: 'better', changedAt: message(9).changedAt });
    const state = apply(
      before,
      delivery(2, { type: 'message_edited', conversationId: 7, messageId: 104 }, [edited]),
    );
    expect(state.threads.get(ROOT)?.replies[0]?.text).toBe('better');
    expect(state.threadNews).toBeGreaterThan(before.threadNews);
  });

  test('a deletion takes it out, and makes me ask what is left unread', () => {
    const before = apply(stateWith(), sent(1, reply(4)));
    const gone = reply(4, { deletedAt: message(9).createdAt, changedAt: message(9).createdAt });
    const state = apply(
      before,
      delivery(2, { type: 'message_deleted', conversationId: 7, messageId: 104, replyIds: [] }, [gone]),
    );
    expect(repliesOf(state)).toEqual([]);
    expect([...state.staleThreads]).toEqual([ROOT]);
    expect(state.stale.size).toBe(0);
  });
});

describe('where I stand in a thread', () => {
  const read = (id: number, readSeq: number, accountId = 1) =>
    delivery(id, { type: 'thread_read_moved', conversationId: 7, accountId, rootId: ROOT, readSeq });

  test('moves when I read it in another window, and asks what is left', () => {
    const state = apply(stateWith(), sent(1, reply(4)), sent(2, reply(5)), read(3, 4));
    expect(standingOf(state)?.readSeq).toBe(4);
    expect([...state.staleThreads]).toEqual([ROOT]);
  });

  test('does not move when somebody else reads, nor back', () => {
    const before = apply(stateWith(), sent(1, reply(4)));
    expect(standingOf(apply(before, read(2, 4, 2)))?.unread).toBe(1);
    expect(standingOf(apply(before, read(2, 1)))?.readSeq).toBe(3);
  });

  test('ends when I stop following', () => {
    const event = { type: 'thread_followed', conversationId: 7, accountId: 1, rootId: ROOT } as const;
    const state = apply(stateWith(), sent(1, reply(4)), delivery(2, { ...event, following: false }));
    expect(standingOf(state)).toMatchObject({ following: false, unread: 0 });
    const again = apply(state, delivery(3, { ...event, following: true }));
    expect([...again.staleThreads]).toEqual([ROOT]);
  });

  test('is forgotten with the conversation', () => {
    const state = apply(stateWith(), delivery(1, { type: 'member_left', conversationId: 7, accountId: 1 }));
    expect(state.threads.size).toBe(0);
    expect(state.standings.size).toBe(0);
  });
});

test('pins are asked for again when one comes or goes, and when a pinned message changes', () => {
  const pin = delivery(1, { type: 'message_pinned', conversationId: 7, messageId: 102, pinned: true }, [
    message(2, { pinnedAt: message(9).createdAt, changedAt: message(9).createdAt }),
  ]);
  const state = apply(stateWith(), pin);
  expect(state.pinNews).toBe(1);
  expect(state.timelines.get(7)?.messages[1]?.pinnedAt).not.toBeNull();
  const edited = (change: Partial<Message>) =>
    delivery(2, { type: 'message_edited', conversationId: 7, messageId: 102 }, [message(2, change)]);
  expect(apply(state, edited({ pinnedAt: 5 })).pinNews).toBe(2);
  expect(apply(state, edited({ pinnedAt: null })).pinNews).toBe(1);
});
