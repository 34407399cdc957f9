import { beforeAll, describe, expect, it } from 'vitest';
import { createPrivateChannel } from '#server/domain/conversations/create-private-channel';
import { findConversation, listConversations } from '#server/domain/conversations/find-conversations';
import { mayPost } from '#server/domain/conversations/policy';
import { openDirect } from '#server/domain/direct-messages/open-direct';
import type { Actor } from '#server/domain/kernel/actor';
import { deleteMessage } from '#server/domain/messages/delete-message';
import { unreadCounts } from '#server/domain/unreads/unread-counts';
import { newcomers, openChannels } from '#tests/support/people';
import { say } from '#tests/support/say';

let alice: Actor;
let bob: Actor;
let carol: Actor;

beforeAll(async () => {
  await openChannels('general', 'software');
  [alice, bob, carol] = await newcomers('alice', 'Bob', 'carol');
});

describe('the list of conversations', () => {
  it('has public channels in order, private ones by id, and direct ones by activity', async () => {
    const first = await openDirect(alice, [bob.accountId]);
    const group = await openDirect(alice, [bob.accountId, carol.accountId]);
    const zebra = await createPrivateChannel(alice, { name: 'zebra' });
    const ant = await createPrivateChannel(alice, { name: 'ant' });
    await say(alice, group, 'hello both');
    await say(bob, first, 'hello alice');
    const list = await listConversations(alice);
    expect(list.map(({ id, name }) => name ?? id)).toEqual([
      'general',
      'software',
      'zebra',
      'ant',
      first,
      group,
    ]);
    expect(list.map(({ position }) => position).slice(0, 2)).toEqual([0, 1]);
    expect([zebra.id, ant.id]).toEqual(list.slice(2, 4).map(({ id }) => id));
  });

  it('names everyone in direct conversations, oneself too, upper case first', async () => {
    const group = await openDirect(carol, [bob.accountId, alice.accountId]);
    const { people, kind, may } = await findConversation(carol, group);
    expect(people.map(({ name }) => name)).toEqual(['Bob', 'alice', 'carol']);
    expect(kind).toBe('direct');
    expect(may).toEqual({
      post: true,
      thread: false,
      removeMessages: false,
      rename: false,
      addMembers: false,
      leave: false,
    });
  });

  it('lets administrators take out what others wrote, in channels only', async () => {
    const { id } = await createPrivateChannel(carol, { name: 'order', usernames: ['Bob'] });
    const direct = await openDirect(carol, [bob.accountId]);
    const mayOf = async (actor: Actor, where: number) => (await findConversation(actor, where)).may;
    const admin: Actor = { ...bob, role: 'admin' };
    expect(await mayOf(admin, id)).toMatchObject({ removeMessages: true, thread: true });
    expect(await mayOf(carol, id)).toMatchObject({ removeMessages: false, thread: true });
    expect(await mayOf(admin, direct)).toMatchObject({ removeMessages: false, thread: false });
  });

  it('counts what is unread and mentions the reader, as the unread counts do', async () => {
    const { id } = await createPrivateChannel(alice, { name: 'counted', usernames: ['Bob'] });
    await say(alice, id, 'one');
    await say(alice, id, 'two @bob');
    const three = await say(alice, id, 'three @everyone');
    expect(await findConversation(bob, id)).toMatchObject({ unread: 3, mentions: 2 });
    await deleteMessage(alice, { messageId: three.id });
    const view = await findConversation(bob, id);
    expect(view).toMatchObject({ unread: 2, mentions: 1, lastSeq: 3, readSeq: 0, readStamp: 0 });
    expect(await findConversation(alice, id)).toMatchObject({ unread: 0, mentions: 0 });

    const list = await listConversations(bob);
    expect(list.find((place) => place.id === id)).toEqual(view);
    const counts = await unreadCounts(bob);
    expect(
      counts.map(({ conversationId, unread, mentions }) => [conversationId, unread, mentions]).sort(),
    ).toEqual(list.map(({ id, unread, mentions }) => [id, unread, mentions]).sort());
  });

  it('does not have what the reader is not in', async () => {
    const { id } = await createPrivateChannel(alice, { name: 'closed' });
    await expect(findConversation(carol, id)).rejects.toMatchObject({
      kind: 'not_found',
      reason: 'conversation',
    });
    await expect(findConversation(carol, 2 ** 52)).rejects.toMatchObject({ kind: 'not_found' });
  });
});

describe('a channel where only administrators post', () => {
  it('lets administrators of the server and of the channel post, and nobody else', () => {
    const readOnly = { adminsOnly: true };
    expect(mayPost(readOnly, { role: 'member', instanceRole: 'member' })).toBe(false);
    expect(mayPost(readOnly, { role: 'admin', instanceRole: 'member' })).toBe(true);
    expect(mayPost(readOnly, { role: 'member', instanceRole: 'owner' })).toBe(true);
    expect(mayPost({ adminsOnly: false }, { role: 'member', instanceRole: 'member' })).toBe(true);
  });
});
