import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findPublicChannel } from '#server/domain/channels/public-channels';
import { createPrivateChannel } from '#server/domain/conversations/create-private-channel';
import { findConversation, listConversations } from '#server/domain/conversations/find-conversations';
import { renameConversation } from '#server/domain/conversations/rename-conversation';
import { openDirect } from '#server/domain/direct-messages/open-direct';
import type { Actor } from '#server/domain/kernel/actor';
import { addMember } from '#server/domain/memberships/add-member';
import { leaveConversation } from '#server/domain/memberships/leave-conversation';
import { listMembers } from '#server/domain/memberships/list-members';
import { listMessages } from '#server/domain/messages/list-messages';
import { sendMessage } from '#server/domain/messages/send-message';
import { prisma } from '#server/platform/database';
import { eventsOf } from '#tests/support/events';
import { newcomers, openChannels } from '#tests/support/people';
import { say } from '#tests/support/say';

const INVISIBLE = { kind: 'not_found', reason: 'conversation' };

let alice: Actor;
let bob: Actor;
let carol: Actor;
let mallory: Actor;
/** with alice and bob in it */
let place: number;

beforeAll(async () => {
  await openChannels('general');
  [alice, bob, carol, mallory] = await newcomers('alice', 'Bob', 'carol', 'mallory');
});
beforeEach(async () => {
  place = (await createPrivateChannel(alice, { name: 'place', usernames: ['Bob'] })).id;
});

async function textsSeenBy(actor: Actor): Promise<(string | null)[]> {
  const { messages } = await listMessages(actor, { conversationId: place, limit: 100 });
  return messages.map(({ text }) => text);
}

const namesIn = async (id: number) => (await listMembers(alice, id)).map(({ name }) => name);

describe('founding a private channel', () => {
  it('takes in its founder and everybody named who exists, once each, in any letter case or by id', async () => {
    const { id, name } = await createPrivateChannel(alice, {
      name: '  plans ',
      usernames: ['BOB', 'bob', 'nobody', 'a b', 'alice'],
      accountIds: [bob.accountId, carol.accountId, 999_999],
    });
    expect(name).toBe('plans');
    expect(await namesIn(id)).toEqual(['Bob', 'alice', 'carol']);
    expect(await findConversation(bob, id)).toMatchObject({
      kind: 'channel',
      visibility: 'private',
      name: 'plans',
      historyStart: 0,
      unread: 0,
      may: { post: true, rename: true, addMembers: true, leave: true },
    });
  });

  it('tells its members', async () => {
    let id = 0;
    const events = await eventsOf(async () => {
      ({ id } = await createPrivateChannel(alice, { name: 'told' }));
    });
    expect(events).toEqual([
      { type: 'conversation_created', audience: { conversationId: id }, payload: { conversationId: id } },
    ]);
  });

  it.each(['', '   ', '\0', 'x'.repeat(81)])('is refused under the name %j', async (name) => {
    await expect(createPrivateChannel(alice, { name })).rejects.toMatchObject({
      kind: 'invalid',
      reason: 'channel_name',
    });
  });

  it('may use eighty characters, whatever they are made of, and a name that is taken', async () => {
    const name = '😀'.repeat(80);
    await createPrivateChannel(alice, { name });
    expect((await createPrivateChannel(alice, { name })).name).toBe(name);
  });
});

describe('a private channel', () => {
  it('does not exist for outsiders', async () => {
    await expect(findConversation(mallory, place)).rejects.toMatchObject(INVISIBLE);
    await expect(listMembers(mallory, place)).rejects.toMatchObject(INVISIBLE);
    await expect(addMember(mallory, { conversationId: place, username: 'mallory' })).rejects.toMatchObject(
      INVISIBLE,
    );
    const rename = renameConversation(mallory, { conversationId: place, name: 'mine' });
    await expect(rename).rejects.toMatchObject(INVISIBLE);
    expect((await listConversations(mallory)).some(({ id }) => id === place)).toBe(false);
    expect((await listConversations(alice)).some(({ id }) => id === place)).toBe(true);
  });

  it('can be renamed by any member, which is said there and told to all', async () => {
    const events = await eventsOf(() => renameConversation(bob, { conversationId: place, name: ' better ' }));
    expect(await findConversation(alice, place)).toMatchObject({ name: 'better', unread: 0 });
    expect(await textsSeenBy(alice)).toEqual(['Bob has renamed the channel to better']);
    expect(events.map(({ type, audience }) => [type, audience])).toEqual([
      ['conversation_changed', { conversationId: place }],
      ['message_sent', { conversationId: place }],
    ]);
  });

  it('can not lose its name', async () => {
    await expect(renameConversation(bob, { conversationId: place, name: ' ' })).rejects.toMatchObject({
      kind: 'invalid',
    });
    expect(await findConversation(alice, place)).toMatchObject({ name: 'place' });
  });
});

describe('public channels and direct conversations', () => {
  it('are not run by their members', async () => {
    const general = await findPublicChannel('general');
    const direct = await openDirect(alice, [bob.accountId]);
    for (const conversationId of [general.id, direct]) {
      const rename = renameConversation(alice, { conversationId, name: 'mine' });
      await expect(rename).rejects.toMatchObject({ kind: 'forbidden', reason: 'not_run_by_members' });
      const add = addMember(alice, { conversationId, username: 'carol' });
      await expect(add).rejects.toMatchObject({ kind: 'forbidden', reason: 'not_run_by_members' });
      await expect(leaveConversation(alice, conversationId)).rejects.toMatchObject(INVISIBLE);
      expect(await findConversation(alice, conversationId)).toMatchObject({
        may: { post: true, rename: false, addMembers: false, leave: false },
      });
    }
  });
});

describe('a late joiner', () => {
  it('sees nothing from before, has nothing unread, and is announced', async () => {
    await say(alice, place, 'old secret @carol');
    const events = await eventsOf(() => addMember(bob, { conversationId: place, username: ' CAROL ' }));
    expect(await findConversation(carol, place)).toMatchObject({ unread: 0, mentions: 0, historyStart: 1 });
    await say(alice, place, 'new');
    expect(await textsSeenBy(carol)).toEqual(['Bob has added carol', 'new']);
    expect(await findConversation(carol, place)).toMatchObject({ unread: 1 });
    expect(events.map(({ type, audience }) => [type, audience])).toEqual([
      ['member_joined', { conversationId: place }],
      ['message_sent', { conversationId: place }],
    ]);
  });

  it('who has been there before sees nothing of it either', async () => {
    await say(alice, place, 'of old');
    await leaveConversation(bob, place);
    await say(alice, place, 'meanwhile');
    await addMember(alice, { conversationId: place, username: 'bob' });
    expect(await textsSeenBy(bob)).toEqual(['alice has added Bob']);
  });

  it.each([
    ['nobody', 'not_found', 'account'],
    ['no body', 'not_found', 'account'],
    ['  ', 'invalid', 'blank'],
    ['BOB', 'conflict', 'already_member'],
  ])('is not %j', async (username, kind, reason) => {
    const add = addMember(alice, { conversationId: place, username });
    await expect(add).rejects.toMatchObject({ kind, reason });
    expect(await namesIn(place)).toEqual(['Bob', 'alice']);
  });

  it('joins once, whoever adds them at the same time', async () => {
    const adds = [alice, bob, alice, bob].map((actor) =>
      addMember(actor, { conversationId: place, username: 'carol' }),
    );
    const outcomes = await Promise.allSettled(adds);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await textsSeenBy(alice)).toHaveLength(1);
  });

  it('never misses nor sees too much of what is sent while they join', async () => {
    const sends = Array.from({ length: 20 }, (_, at) => say(alice, place, `message ${at}`));
    await Promise.all([...sends, addMember(bob, { conversationId: place, username: 'carol' })]);
    const all = await textsSeenBy(alice);
    const seen = await textsSeenBy(carol);
    expect(seen).toEqual(all.slice(all.indexOf('Bob has added carol')));
    const { unread, lastSeq, historyStart } = await findConversation(carol, place);
    expect(lastSeq - historyStart).toBe(seen.length);
    expect(unread).toBe(seen.length - 1);
  });
});

describe('leaving a private channel', () => {
  it('ends all access at once, is told to those who stay and to the leaver', async () => {
    const events = await eventsOf(() => leaveConversation(bob, place));
    await expect(findConversation(bob, place)).rejects.toMatchObject(INVISIBLE);
    expect(await namesIn(place)).toEqual(['alice']);
    expect(await textsSeenBy(alice)).toEqual(['Bob has left the channel']);
    const payload = { conversationId: place, accountId: bob.accountId };
    expect(events).toEqual([
      { type: 'member_left', audience: { conversationId: place }, payload },
      { type: 'member_left', audience: { accountIds: [bob.accountId] }, payload },
      expect.objectContaining({ type: 'message_sent', audience: { conversationId: place } }),
    ]);
  });

  it('is refused to outsiders, who may know that it exists, and for what is no private channel', async () => {
    await expect(leaveConversation(mallory, place)).rejects.toMatchObject({
      kind: 'forbidden',
      reason: 'not_a_member',
    });
    await expect(leaveConversation(mallory, 999_999)).rejects.toMatchObject(INVISIBLE);
  });

  it('keeps the empty channel, without a notice, after the last one', async () => {
    await leaveConversation(bob, place);
    await leaveConversation(alice, place);
    expect(await prisma.message.count({ where: { conversationId: place } })).toBe(1);
    await expect(leaveConversation(alice, place)).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('of everybody at once leaves one notice fewer than members', async () => {
    const members = [alice, bob, carol, mallory];
    const { id } = await createPrivateChannel(alice, {
      name: 'crowd',
      accountIds: members.map(({ accountId }) => accountId),
    });
    await Promise.all(members.map((member) => leaveConversation(member, id)));
    expect(await prisma.message.count({ where: { conversationId: id } })).toBe(3);
  });

  it('and sending at the same time ends in an order in which both were right', async () => {
    const [send] = await Promise.allSettled([
      sendMessage(bob, { conversationId: place, entries: [{ text: 'a last word' }] }),
      leaveConversation(bob, place),
    ]);
    const texts = await textsSeenBy(alice);
    if (send.status === 'fulfilled') expect(texts).toEqual(['a last word', 'Bob has left the channel']);
    else expect(texts).toEqual(['Bob has left the channel']);
  });
});
