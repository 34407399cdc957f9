import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#server/domain/kernel/actor';
import { deleteMessage } from '#server/domain/messages/delete-message';
import type { Message } from '#server/domain/messages/message';
import { sendMessage } from '#server/domain/messages/send-message';
import { followThread } from '#server/domain/threads/follow-thread';
import { countUnreadThreads } from '#server/domain/threads/list-threads';
import { markThreadRead } from '#server/domain/threads/mark-thread-read';
import { unreadThreads } from '#server/domain/threads/unread-threads';
import { type Cast, gatherCast, makeConversation } from '#tests/support/cast';
import { say } from '#tests/support/say';

let cast: Cast;
beforeAll(async () => {
  cast = await gatherCast();
});

async function reply(actor: Actor, root: Message, text: string): Promise<Message> {
  const { conversationId, id: threadRootId } = root;
  const [message] = await sendMessage(actor, { conversationId, entries: [{ text }], threadRootId });
  return message as Message;
}

describe('the unread threads of somebody', () => {
  it('are those they follow with replies by others, the newest first, and say how many', async () => {
    const { alice, bob, carol, dave, mallory } = cast;
    const place = await makeConversation({ name: 'unread', members: [alice, bob, carol, dave] });
    const older = await say(alice, place, 'older');
    const newer = await say(alice, place, 'newer');
    const own = await say(alice, place, 'own');
    await reply(bob, older, 'one');
    await reply(alice, own, 'mine');
    await reply(bob, newer, 'two');
    const last = await reply(carol, newer, 'three');

    const unread = await unreadThreads(alice);
    expect(unread.map(({ rootId, unread: count }) => [rootId, count])).toEqual([
      [newer.id, 2],
      [older.id, 1],
    ]);
    expect(unread[0]).toMatchObject({ conversationId: place, following: true, lastAt: last.createdAt });
    expect(unread).toHaveLength(await countUnreadThreads(alice));
    // bob and carol began none and have read what they wrote in
    expect((await unreadThreads(bob)).map(({ rootId }) => rootId)).toEqual([newer.id]);
    expect(await unreadThreads(dave)).toEqual([]);
    expect(await unreadThreads(mallory)).toEqual([]);
  });

  it('end with reading, unfollowing, and with the replies', async () => {
    const { alice, bob, secret } = cast;
    const root = await say(alice, secret, 'root');
    const isUnread = async () => (await unreadThreads(alice)).some(({ rootId }) => rootId === root.id);
    await reply(bob, root, 'one');
    expect(await isUnread()).toBe(true);
    await markThreadRead(alice, { rootId: root.id });
    expect(await isUnread()).toBe(false);
    const second = await reply(bob, root, 'two');
    expect(await isUnread()).toBe(true);
    await deleteMessage(bob, { messageId: second.id });
    expect(await isUnread()).toBe(false);
    await reply(bob, root, 'three');
    await followThread(alice, { rootId: root.id, following: false });
    expect(await isUnread()).toBe(false);
  });
});
