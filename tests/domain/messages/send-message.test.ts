import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#server/domain/kernel/actor';
import { findMessages } from '#server/domain/messages/find-messages';
import { listMessages } from '#server/domain/messages/list-messages';
import { sendMessage } from '#server/domain/messages/send-message';
import { unreadCounts } from '#server/domain/unreads/unread-counts';
import { advanceClock, holdClock, now, releaseClock } from '#server/platform/clock';
import { prisma } from '#server/platform/database';
import {
  type Cast,
  gatherCast,
  joinLate,
  leave,
  makeActor,
  makeConversation,
  makeFile,
  membershipOf,
} from '#tests/support/cast';
import { refusalOf } from '#tests/support/refusals';
import { say } from '#tests/support/say';

let cast: Cast;
beforeAll(async () => {
  cast = await gatherCast();
});

const seqsOf = (messages: readonly { seq: number }[]) => messages.map(({ seq }) => seq);

describe('what a send stores', () => {
  it('is what its answer says and any reader gets', async () => {
    const { alice, bob, general } = cast;
    const [one, two] = [await makeFile(alice), await makeFile(alice)];
    const sent = await sendMessage(alice, {
      conversationId: general,
      entries: [
        { text: '  hello @BOB and @carol, @nobody \n ' },
        { text: 'all of you: @Everyone @bob' },
        { fileIds: [two, one] },
      ],
      replyToId: 4711,
      clientKey: 'three entries',
    });
    expect(sent).toMatchObject([
      {
        text: '  hello @BOB and @carol, @nobody',
        mentions: [{ name: 'Bob' }, { name: 'carol' }],
        clientKey: 'three entries',
        sender: { id: alice.accountId, name: 'alice', displayName: null },
      },
      { mentions: [], mentionsEveryone: true, clientKey: null, replyToId: 4711 },
      { text: null, files: [{ id: two, originalName: 'picture.png' }, { id: one }], mentions: [] },
    ]);
    const ids = sent.map((message) => message.id);
    expect(await findMessages(bob, ids)).toEqual(sent);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
  });

  it('has one stamp, and neighbouring places after all before', async () => {
    const { alice, general } = cast;
    const before = await say(alice, general, 'before');
    const sent = await sendMessage(alice, {
      conversationId: general,
      entries: [{ text: 'a' }, { text: 'b' }],
    });
    expect(seqsOf(sent)).toEqual([before.seq + 1, before.seq + 2]);
    expect(new Set(sent.map((message) => message.createdAt)).size).toBe(1);
    expect(sent[0]?.createdAt).toBeGreaterThan(before.createdAt);
  });

  it('gets a later stamp even when the clock stands still or goes back', async () => {
    const { alice, general } = cast;
    holdClock(now() + 1_000_000);
    const first = await say(alice, general, 'first');
    const second = await say(alice, general, 'second');
    advanceClock(-5_000_000);
    const third = await say(alice, general, 'third');
    releaseClock();
    expect(second.createdAt).toBe(first.createdAt + 1);
    expect(third.createdAt).toBe(second.createdAt + 1);
  });

  it('leaves out entries that hold nothing and refuses when nothing is left', async () => {
    const { alice, general } = cast;
    const sent = await sendMessage(alice, {
      conversationId: general,
      entries: [{ text: ' ' }, { text: 'x' }, {}],
    });
    expect(sent).toMatchObject([{ text: 'x' }]);
    expect(await refusalOf(say(alice, general, ' \n\t'))).toBe('invalid/empty');
    expect(await refusalOf(sendMessage(alice, { conversationId: general, entries: [] }))).toBe(
      'invalid/empty',
    );
  });

  it('survives text that Postgres can not store', async () => {
    const { alice, general } = cast;
    const sent = await say(alice, general, 'a\0b \ud800 c \udc00');
    expect(sent.text).toBe('ab \u{FFFD} c \u{FFFD}');
    expect(await findMessages(alice, [sent.id])).toEqual([sent]);
    expect(await refusalOf(say(alice, general, '\0\0'))).toBe('invalid/empty');
  });

  it('counts 10,000 characters, not code units', async () => {
    const { alice, general } = cast;
    expect((await say(alice, general, '😀'.repeat(10_000))).text).toHaveLength(20_000);
    expect((await say(alice, general, `${'x'.repeat(10_000)}   `)).text).toHaveLength(10_000);
    expect(await refusalOf(say(alice, general, '😀'.repeat(10_001)))).toBe('too_large/message_too_long');
    expect(await refusalOf(say(alice, general, 'x'.repeat(30_000)))).toBe('too_large/message_too_long');
  });
});

describe('strange input', () => {
  it('is refused before it can harm the other sends of its batch', async () => {
    const { alice, bob, general } = cast;
    const place = { conversationId: general, entries: [{ text: 'x' }] };
    const sends = [
      refusalOf(sendMessage(alice, { ...place, conversationId: 1e30 })),
      refusalOf(sendMessage(alice, { ...place, threadRootId: 1.5 })),
      refusalOf(sendMessage(alice, { ...place, entries: [{ fileIds: [1e30] }] })),
      refusalOf(sendMessage(alice, { ...place, clientKey: 'k'.repeat(201) })),
      sendMessage(alice, { ...place, replyToId: 1e30 }).then(([message]) => message?.replyToId),
      sendMessage(alice, { ...place, clientKey: '\0\ud800 key' }).then(([message]) => message?.clientKey),
      say(bob, general, 'in the middle of it').then((message) => message.text),
    ];
    expect(await Promise.all(sends)).toEqual([
      'not_found/conversation',
      'not_found/thread_root',
      'not_found/file',
      'invalid/client_key',
      null,
      '\u{FFFD} key',
      'in the middle of it',
    ]);
  });
});

describe('who may send', () => {
  it('an outsider is told that there is no such conversation', async () => {
    const { mallory, secret } = cast;
    expect(await refusalOf(say(mallory, secret, 'hi'))).toBe('not_found/conversation');
    expect(await refusalOf(say(mallory, 2 ** 40, 'hi'))).toBe('not_found/conversation');
  });

  it('nobody in an archived conversation, and no deleted account', async () => {
    const { alice } = cast;
    const attic = await makeConversation({ name: 'attic', members: [alice] });
    await prisma.conversation.update({ where: { id: attic }, data: { archivedAt: now() } });
    expect(await refusalOf(say(alice, attic, 'hi'))).toBe('not_found/conversation');

    const ghost = await makeActor('ghost');
    const room = await makeConversation({ name: 'room', members: [ghost] });
    await prisma.account.update({ where: { id: ghost.accountId }, data: { deletedAt: now() } });
    expect(await refusalOf(say(ghost, room, 'boo'))).toBe('not_found/conversation');
  });

  it('where only admins post: those of the channel and those of the server', async () => {
    const { alice, bob, carol, dave } = cast;
    const news = await makeConversation({ name: 'news', adminsOnly: true, members: [alice, bob, carol] });
    await joinLate(dave, news, 'admin');
    for (const actor of [alice, bob, dave])
      expect((await say(actor, news, 'news')).sender?.name).toBe(actor.username);
    expect(await refusalOf(say(carol, news, 'me too'))).toBe('forbidden/admins_only');
  });

  it('after somebody left, exactly the sends that came before are there', async () => {
    const { alice, dave } = cast;
    const place = await makeConversation({ name: 'leaving', members: [alice, dave] });
    const sends = Array.from({ length: 40 }, (_, index) => say(dave, place, `${index}`));
    const [, ...results] = await Promise.all([
      leave(dave, place),
      ...sends.map((send) => refusalOrMessage(send)),
    ]);
    const stored = results.filter((result) => typeof result !== 'string');
    expect(results.filter((result) => typeof result === 'string')).toEqual(
      Array(40 - stored.length).fill('not_found/conversation'),
    );
    const page = await listMessages(alice, { conversationId: place });
    expect(page.messages).toEqual(stored);
    expect(await refusalOf(say(dave, place, 'still here?'))).toBe('not_found/conversation');
  });
});

async function refusalOrMessage(send: ReturnType<typeof say>) {
  try {
    return await send;
  } catch (error) {
    return refusalOf(Promise.reject(error));
  }
}

async function unreadOf(actor: Actor, conversationId: number): Promise<number | undefined> {
  return (await unreadCounts(actor)).find((count) => count.conversationId === conversationId)?.unread;
}

describe('replies in a thread', () => {
  it('count for nobody and leave the marks alone', async () => {
    const { alice, bob } = cast;
    const place = await makeConversation({ name: 'threads', members: [alice, bob] });
    const root = await say(alice, place, 'root');
    const [reply] = await sendMessage(bob, {
      conversationId: place,
      entries: [{ text: 'reply' }],
      threadRootId: root.id,
    });
    expect(reply).toMatchObject({
      threadRootId: root.id,
      counts: false,
      ordinal: root.ordinal,
      seq: root.seq + 1,
    });
    expect((await membershipOf(bob, place)).readSeq).toBe(0);
  });

  it('need a live root of the same conversation that is no reply itself', async () => {
    const { alice, general, secret } = cast;
    const elsewhere = await say(alice, secret, 'root');
    const root = await say(alice, general, 'root');
    const reply = (threadRootId: number) =>
      sendMessage(alice, { conversationId: general, entries: [{ text: 'x' }], threadRootId });
    const [first] = await reply(root.id);
    for (const id of [elsewhere.id, 999_999]) {
      expect(await refusalOf(reply(id))).toBe('not_found/thread_root');
    }
    expect(await refusalOf(reply(first?.id as number))).toBe('invalid/no_thread_here');
  });

  it('belong to channels', async () => {
    const { alice, direct } = cast;
    const root = await say(alice, direct, 'root');
    const reply = { conversationId: direct, entries: [{ text: 'x' }], threadRootId: root.id };
    expect(await refusalOf(sendMessage(alice, reply))).toBe('invalid/no_thread_here');
  });

  it('shown in the channel too count like any message', async () => {
    const { alice, bob } = cast;
    const place = await makeConversation({ name: 'broadcast', members: [alice, bob] });
    const root = await say(alice, place, 'root');
    const [reply] = await sendMessage(bob, {
      conversationId: place,
      entries: [{ text: 'everybody' }],
      threadRootId: root.id,
      alsoInChannel: true,
    });
    expect(reply).toMatchObject({ counts: true, ordinal: root.ordinal + 1 });
    expect((await membershipOf(bob, place)).readSeq).toBe(reply?.seq);
    expect(await unreadOf(alice, place)).toBe(1);
  });
});

describe('what a send moves', () => {
  it("moves the sender's own mark and nobody else's", async () => {
    const { alice, bob, secret } = cast;
    await say(bob, secret, 'one');
    const before = await membershipOf(bob, secret);
    const sent = await say(alice, secret, 'two');
    expect(await membershipOf(alice, secret)).toMatchObject({
      readSeq: sent.seq,
      readOrdinal: sent.ordinal,
      readStamp: sent.createdAt,
      ownUnread: 0,
    });
    expect(await membershipOf(bob, secret)).toEqual(before);
  });

  it('brings the conversation back to everyone who closed it', async () => {
    const { alice, bob, direct } = cast;
    await prisma.membership.updateMany({ where: { conversationId: direct }, data: { hiddenAt: now() } });
    await say(alice, direct, 'hello again');
    for (const actor of [alice, bob]) expect((await membershipOf(actor, direct)).hiddenAt).toBeNull();
  });

  it('writes one event for the members, without the text', async () => {
    const { alice, secret } = cast;
    const sent = await sendMessage(alice, {
      conversationId: secret,
      entries: [{ text: 'a' }, { text: 'b' }],
    });
    const [event] = await prisma.event.findMany({ orderBy: { id: 'desc' }, take: 1 });
    expect(event).toMatchObject({ type: 'message_sent', conversationId: BigInt(secret), accountIds: [] });
    expect(event?.payload).toEqual({ conversationId: secret, messageIds: sent.map(({ id }) => id) });
  });
});
