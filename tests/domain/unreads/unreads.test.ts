import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#server/domain/kernel/actor';
import type { Signal } from '#server/domain/kernel/events';
import { carrySignals } from '#server/domain/kernel/signals';
import { deleteMessage } from '#server/domain/messages/delete-message';
import type { Message } from '#server/domain/messages/message';
import { markRead } from '#server/domain/unreads/mark-read';
import { markUnread } from '#server/domain/unreads/mark-unread';
import { receipts } from '#server/domain/unreads/receipts';
import { unreadCounts } from '#server/domain/unreads/unread-counts';
import { prisma } from '#server/platform/database';
import { type Cast, gatherCast, joinLate, makeConversation, membershipOf } from '#tests/support/cast';
import { refusalOf } from '#tests/support/refusals';
import { say } from '#tests/support/say';

let cast: Cast;
const signals: Signal[] = [];
beforeAll(async () => {
  cast = await gatherCast();
  carrySignals((signal) => signals.push(signal));
});

/** A private channel of alice and bob in which alice has written some messages. */
async function unreadPlace(count: number) {
  const conversationId = await makeConversation({ members: [cast.alice, cast.bob] });
  const messages: Message[] = [];
  for (let index = 1; index <= count; index++)
    messages.push(await say(cast.alice, conversationId, `${index}`));
  return { conversationId, messages, seq: (index: number) => messages[index]?.seq as number };
}

async function standing(actor: Actor, conversationId: number) {
  return (await unreadCounts(actor)).find((count) => count.conversationId === conversationId);
}

async function newestEvent() {
  const event = await prisma.event.findFirstOrThrow({ orderBy: { id: 'desc' } });
  return { type: event.type, to: event.accountIds.map(Number), payload: event.payload };
}

describe('marking as read', () => {
  it('without a place reads everything and tells the own devices and the members', async () => {
    const { alice, bob } = cast;
    const { conversationId, messages } = await unreadPlace(3);
    expect(await standing(bob, conversationId)).toMatchObject({
      unread: 3,
      readSeq: 0,
      readStamp: 0,
      lastSeq: 3,
    });
    await markRead(bob, { conversationId });
    const readStamp = messages[2]?.createdAt;
    expect(await standing(bob, conversationId)).toMatchObject({ unread: 0, readSeq: 3, readStamp });
    expect(await newestEvent()).toEqual({
      type: 'read_moved',
      to: [bob.accountId],
      payload: { conversationId, accountId: bob.accountId, readSeq: 3, unread: 0 },
    });
    expect(signals.at(-1)).toEqual({
      type: 'receipt',
      conversationId,
      accountId: bob.accountId,
      readSeq: 3,
      readStamp,
    });
    expect(await receipts(alice, conversationId)).toEqual([
      { person: { id: bob.accountId, name: 'Bob', displayName: null }, readSeq: 3, readStamp },
      { person: { id: alice.accountId, name: 'alice', displayName: null }, readSeq: 3, readStamp },
    ]);
  });

  it('up to a message leaves the rest unread', async () => {
    const { bob } = cast;
    const { conversationId, messages } = await unreadPlace(4);
    await markRead(bob, { conversationId, seq: 3 });
    expect(await standing(bob, conversationId)).toMatchObject({
      unread: 1,
      readSeq: 3,
      readStamp: messages[2]?.createdAt,
    });
    expect((await newestEvent()).payload).toMatchObject({ readSeq: 3, unread: 1 });
  });

  it('never moves the mark back, and says nothing when nothing moves', async () => {
    const { bob } = cast;
    const { conversationId } = await unreadPlace(3);
    await markRead(bob, { conversationId, seq: 2 });
    const [events, heard] = [await prisma.event.count(), signals.length];
    for (const seq of [0, 1, 2]) await markRead(bob, { conversationId, seq });
    expect(await standing(bob, conversationId)).toMatchObject({ readSeq: 2, unread: 1 });
    expect([await prisma.event.count(), signals.length]).toEqual([events, heard]);
    await markRead(bob, { conversationId, seq: Number.MAX_SAFE_INTEGER });
    expect(await standing(bob, conversationId)).toMatchObject({ readSeq: 3, unread: 0 });
  });

  it('works where nobody has written, and not where one does not take part', async () => {
    const { bob, mallory } = cast;
    const { conversationId } = await unreadPlace(0);
    await markRead(bob, { conversationId });
    expect(await standing(bob, conversationId)).toMatchObject({ readSeq: 0, unread: 0 });
    expect(await refusalOf(markRead(mallory, { conversationId }))).toBe('not_found/conversation');
    expect(await refusalOf(receipts(mallory, conversationId))).toBe('not_found/conversation');
    expect(await receipts(bob, conversationId)).toEqual([]);
  });

  it('holds under simultaneous sends and marks: the largest mark wins and the count is right', async () => {
    const { alice, bob } = cast;
    const { conversationId } = await unreadPlace(20);
    await Promise.all([
      ...[15, 3, 9, 18, 1].map((seq) => markRead(bob, { conversationId, seq })),
      ...Array.from({ length: 10 }, (_, index) => say(alice, conversationId, `${index}`)),
    ]);
    expect(await standing(bob, conversationId)).toMatchObject({ readSeq: 18, unread: 12 });
  });
});

describe('what counts as unread', () => {
  it('is what others wrote and did not take back', async () => {
    const { alice, bob } = cast;
    const { conversationId, messages } = await unreadPlace(5);
    await deleteMessage(alice, { messageId: messages[3]?.id as number });
    await deleteMessage(alice, { messageId: messages[3]?.id as number });
    expect(await standing(bob, conversationId)).toMatchObject({ unread: 4 });
    await markRead(bob, { conversationId, seq: 4 });
    expect(await standing(bob, conversationId)).toMatchObject({ unread: 1 });
    await say(bob, conversationId, 'mine');
    expect(await standing(bob, conversationId)).toMatchObject({ unread: 0 });
    expect(await standing(alice, conversationId)).toMatchObject({ unread: 1 });
  });

  it('begins for a late joiner with their coming', async () => {
    const { alice, dave } = cast;
    const { conversationId } = await unreadPlace(5);
    await joinLate(dave, conversationId);
    expect(await standing(dave, conversationId)).toMatchObject({ unread: 0, lastSeq: 5 });
    await say(alice, conversationId, 'welcome');
    expect(await standing(dave, conversationId)).toMatchObject({ unread: 1 });
  });
});

describe('marking as unread', () => {
  it('makes a message the first unread one again, for oneself only', async () => {
    const { alice, bob } = cast;
    const { conversationId, messages } = await unreadPlace(3);
    await say(bob, conversationId, 'my own');
    await say(alice, conversationId, 'more');
    await markRead(bob, { conversationId });
    const [seen, heard] = [await receipts(alice, conversationId), signals.length];

    await markUnread(bob, { conversationId, seq: 2 });
    expect(await standing(bob, conversationId)).toMatchObject({ readSeq: 1, unread: 3 });
    expect(await newestEvent()).toMatchObject({ type: 'read_moved', payload: { readSeq: 1, unread: 3 } });
    expect(signals).toHaveLength(heard);
    const stamps = (marks: typeof seen) => marks.map(({ person, readStamp }) => [person.name, readStamp]);
    expect(stamps(await receipts(alice, conversationId))).toEqual(stamps(seen));

    await deleteMessage(alice, { messageId: messages[2]?.id as number });
    expect(await standing(bob, conversationId)).toMatchObject({ unread: 2 });
    await markRead(bob, { conversationId, seq: 4 });
    expect(await standing(bob, conversationId)).toMatchObject({ unread: 1 });
    expect(await membershipOf(bob, conversationId)).toMatchObject({ ownUnread: 0 });
  });

  it('leaves alone what is unread already, and needs a message one can see', async () => {
    const { bob, dave, mallory } = cast;
    const { conversationId } = await unreadPlace(3);
    await markRead(bob, { conversationId, seq: 1 });
    await markUnread(bob, { conversationId, seq: 3 });
    expect(await standing(bob, conversationId)).toMatchObject({ readSeq: 1, unread: 2 });
    expect(await refusalOf(markUnread(bob, { conversationId, seq: 9 }))).toBe('not_found/message');
    expect(await refusalOf(markUnread(mallory, { conversationId, seq: 1 }))).toBe('not_found/conversation');
    await joinLate(dave, conversationId);
    expect(await refusalOf(markUnread(dave, { conversationId, seq: 2 }))).toBe('not_found/message');
  });
});
