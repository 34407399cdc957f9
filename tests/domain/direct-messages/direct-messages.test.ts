import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findPublicChannel } from '#server/domain/channels/public-channels';
import { findConversation } from '#server/domain/conversations/find-conversations';
import { findDirectOrNull } from '#server/domain/direct-messages/find-direct';
import { findDirectPair } from '#server/domain/direct-messages/find-direct-pair';
import { hideConversation } from '#server/domain/direct-messages/hide-conversation';
import { openDirect, openOrMakeDirect } from '#server/domain/direct-messages/open-direct';
import type { Actor } from '#server/domain/kernel/actor';
import { holdClock, releaseClock } from '#server/platform/clock';
import { prisma } from '#server/platform/database';
import { eventsOf } from '#tests/support/events';
import { newcomer, newcomers, openChannels } from '#tests/support/people';
import { say } from '#tests/support/say';

let alice: Actor;
let bob: Actor;
let carol: Actor;

beforeAll(async () => {
  await openChannels('general');
  [alice, bob, carol] = await newcomers('alice', 'Bob', 'carol');
});
afterEach(releaseClock);

const isHidden = async (actor: Actor, id: number) => (await findConversation(actor, id)).hidden;

describe('a direct conversation', () => {
  it('is one for a set of people, whoever opens it and however they are listed', async () => {
    const id = await openDirect(alice, [bob.accountId, carol.accountId]);
    expect(await openDirect(bob, [carol.accountId, alice.accountId, alice.accountId])).toBe(id);
    expect(await openDirect(carol, [alice.accountId, bob.accountId, carol.accountId])).toBe(id);
    expect(await openDirect(alice, [bob.accountId])).not.toBe(id);
  });

  it('is made once when all of its people open it at once', async () => {
    const [dave, erin] = await newcomers('dave', 'erin');
    const opens = Array.from({ length: 6 }, (_, at) =>
      at % 2 ? openOrMakeDirect(dave, [erin.accountId]) : openOrMakeDirect(erin, [dave.accountId]),
    );
    const opened = await Promise.all(opens);
    const ids = opened.map(({ conversationId }) => conversationId);
    expect(new Set(ids).size).toBe(1);
    expect(opened.filter(({ isNew }) => isNew).length).toBe(1);
    expect(await prisma.membership.count({ where: { conversationId: ids[0] as number } })).toBe(2);
    // both have opened it, whoever made it
    expect(await isHidden(dave, ids[0] as number)).toBe(false);
    expect(await isHidden(erin, ids[0] as number)).toBe(false);
  });

  it('needs somebody else, who exists', async () => {
    await expect(openDirect(alice, [])).rejects.toMatchObject({ kind: 'invalid', reason: 'too_few_people' });
    await expect(openDirect(alice, [alice.accountId])).rejects.toMatchObject({ reason: 'too_few_people' });
    const attempt = openDirect(alice, [bob.accountId, 999_999]);
    await expect(attempt).rejects.toMatchObject({ kind: 'not_found', reason: 'account' });
  });

  it('is told to its people, and hidden from all but its opener until something is sent', async () => {
    const frank = await newcomer('frank');
    holdClock();
    let id = 0;
    const events = await eventsOf(async () => {
      id = await openDirect(alice, [frank.accountId]);
    });
    expect(events).toEqual([
      {
        type: 'conversation_created',
        audience: { accountIds: [alice.accountId, frank.accountId] },
        payload: { conversationId: id },
      },
    ]);
    expect([await isHidden(alice, id), await isHidden(frank, id)]).toEqual([false, true]);
    await say(alice, id, 'hello');
    expect(await isHidden(frank, id)).toBe(false);
  });

  it('of two is found by their ids, and told apart from other people’s and from none', async () => {
    const id = await openDirect(alice, [bob.accountId]);
    const pair = [bob.accountId, alice.accountId] as const;
    for (const actor of [alice, bob]) expect(await findDirectPair(actor, pair)).toBe(id);
    await expect(findDirectPair(carol, pair)).rejects.toMatchObject({
      kind: 'forbidden',
      reason: 'not_a_participant',
    });
    const none = findDirectPair(alice, [alice.accountId, 999_999]);
    await expect(none).rejects.toMatchObject({ kind: 'not_found', reason: 'conversation' });
  });

  it('does not exist for others', async () => {
    const id = await openDirect(alice, [bob.accountId]);
    await expect(findConversation(carol, id)).rejects.toMatchObject({ kind: 'not_found' });
    await expect(hideConversation(carol, id)).rejects.toMatchObject({
      kind: 'not_found',
      reason: 'conversation',
    });
  });
});

describe('finding a direct conversation by names', () => {
  it('takes exactly these people, in any order, with or without oneself', async () => {
    const id = await openDirect(alice, [bob.accountId]);
    expect(await findDirectOrNull(alice, ['Bob'])).toBe(id);
    expect(await findDirectOrNull(bob, ['alice', 'Bob'])).toBe(id);
    expect(await findDirectOrNull(alice, ['Bob', 'carol', 'nobody'])).toBeNull();
    expect(await findDirectOrNull(carol, ['alice', 'Bob'])).not.toBe(id);
  });

  it('takes names as they are spelled', async () => {
    expect(await findDirectOrNull(alice, ['bob'])).toBeNull();
    expect(await findDirectOrNull(alice, ['Bob', 'BOB'])).toBeNull();
  });

  it('makes nothing', async () => {
    const before = await prisma.conversation.count();
    expect(await findDirectOrNull(carol, ['Bob'])).toBeNull();
    expect(await findDirectOrNull(carol, [])).toBeNull();
    expect(await prisma.conversation.count()).toBe(before);
  });
});

describe('closing a direct conversation', () => {
  it('hides it from oneself alone, until anyone sends something, even within the same microsecond', async () => {
    const id = await openDirect(alice, [bob.accountId]);
    await say(alice, id, 'one');
    await say(bob, id, 'two');
    holdClock();
    const events = await eventsOf(() => hideConversation(alice, id));
    expect(events).toEqual([
      {
        type: 'conversation_hidden',
        audience: { accountIds: [alice.accountId] },
        payload: { conversationId: id, accountId: alice.accountId, hidden: true },
      },
    ]);
    expect(await findConversation(alice, id)).toMatchObject({ hidden: true, unread: 1 });
    expect(await isHidden(bob, id)).toBe(false);
    await say(bob, id, 'three');
    expect(await isHidden(alice, id)).toBe(false);

    await hideConversation(alice, id);
    await hideConversation(alice, id);
    expect(await isHidden(alice, id)).toBe(true);
    await say(alice, id, 'four');
    expect(await isHidden(alice, id)).toBe(false);
  });

  it('is taken back by opening it again', async () => {
    const id = await openDirect(alice, [bob.accountId]);
    await hideConversation(alice, id);
    const events = await eventsOf(() => openDirect(alice, [bob.accountId]));
    expect(events).toEqual([
      {
        type: 'conversation_hidden',
        audience: { accountIds: [alice.accountId] },
        payload: { conversationId: id, accountId: alice.accountId, hidden: false },
      },
    ]);
    expect(await isHidden(alice, id)).toBe(false);
    expect(await eventsOf(() => openDirect(alice, [bob.accountId]))).toEqual([]);
  });

  it('is not for channels', async () => {
    const general = await findPublicChannel('general');
    await expect(hideConversation(alice, general.id)).rejects.toMatchObject({
      kind: 'forbidden',
      reason: 'not_direct',
    });
  });
});
