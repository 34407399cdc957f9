import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#server/domain/kernel/actor';
import { deleteMessage, removeMessage } from '#server/domain/messages/delete-message';
import { findMessage } from '#server/domain/messages/find-messages';
import type { Message } from '#server/domain/messages/message';
import { sendMessage } from '#server/domain/messages/send-message';
import { pruneMessages } from '#server/domain/retention/prune-messages';
import { findThread } from '#server/domain/threads/find-thread';
import { followThread } from '#server/domain/threads/follow-thread';
import { listReplies } from '#server/domain/threads/list-replies';
import { countUnreadThreads, listThreads } from '#server/domain/threads/list-threads';
import { markThreadRead } from '#server/domain/threads/mark-thread-read';
import { type Cast, gatherCast, joinLate, makeConversation } from '#tests/support/cast';
import { refusalOf } from '#tests/support/refusals';
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

/** A channel of alice, bob and carol with a root by alice. */
async function begin(): Promise<Message> {
  const place = await makeConversation({ name: 'threads', members: [cast.alice, cast.bob, cast.carol] });
  return say(cast.alice, place, 'root');
}

const idsOf = (messages: readonly Message[]) => messages.map(({ id }) => id);

describe('the thread of a message', () => {
  it('says how many replied, who, and who last', async () => {
    const { alice, bob, carol } = cast;
    const root = await begin();
    expect(root.thread).toBeNull();
    await reply(bob, root, 'one');
    await reply(carol, root, 'two');
    const last = await reply(bob, root, 'three');
    expect((await findMessage(alice, root.id)).thread).toEqual({
      replyCount: 3,
      lastReplyAt: last.createdAt,
      lastReplyBy: { id: bob.accountId, name: 'Bob', displayName: null },
      people: [
        { id: bob.accountId, name: 'Bob', displayName: null },
        { id: carol.accountId, name: 'carol', displayName: null },
      ],
    });
  });

  it('is counted anew when a reply goes, and is none without any', async () => {
    const { bob, carol, alice } = cast;
    const root = await begin();
    const first = await reply(bob, root, 'one');
    const second = await reply(carol, root, 'two');
    const third = await reply(bob, root, 'three');
    await deleteMessage(bob, { messageId: first.id });
    await deleteMessage(bob, { messageId: third.id });
    expect((await findMessage(alice, root.id)).thread).toMatchObject({
      replyCount: 1,
      lastReplyAt: second.createdAt,
      people: [{ name: 'carol' }],
    });
    await removeMessage(alice, { messageId: second.id });
    expect((await findMessage(alice, root.id)).thread).toBeNull();
  });

  it('counts every one of many replies at once', async () => {
    const { alice, bob, carol } = cast;
    const root = await begin();
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => reply([alice, bob, carol][index % 3] as Actor, root, 'x')),
    );
    const { thread } = await findMessage(alice, root.id);
    expect(thread?.replyCount).toBe(30);
    expect(thread?.people.map(({ name }) => name).sort()).toEqual(['Bob', 'alice', 'carol']);
    expect(thread?.lastReplyAt).toBe((await listReplies(alice, { rootId: root.id })).at(-1)?.createdAt);
  });

  it('goes with its root', async () => {
    const { alice, bob } = cast;
    const root = await begin();
    const one = await reply(bob, root, 'one');
    await deleteMessage(alice, { messageId: root.id });
    expect(await findMessage(bob, one.id)).toMatchObject({ text: null, deletedAt: expect.any(Number) });
    expect(await refusalOf(findThread(bob, { rootId: root.id }))).toBe('not_found/message');
    expect(await refusalOf(reply(bob, root, 'too late'))).toBe('not_found/thread_root');
  });

  it('goes with its root when that has become too old, younger replies too', async () => {
    const { alice, bob } = cast;
    const root = await begin();
    const between = await say(alice, root.conversationId, 'between');
    const one = await reply(bob, root, 'one');
    await pruneMessages(between.createdAt);
    expect((await findMessage(alice, one.id)).deletedAt).not.toBeNull();
  });
});

describe('the replies of a thread', () => {
  it('come in pages, the newest first, ascending', async () => {
    const { alice, bob } = cast;
    const root = await begin();
    const ids: number[] = [];
    for (const text of ['1', '2', '3', '4', '5']) ids.push((await reply(bob, root, text)).id);
    const page = await listReplies(alice, { rootId: root.id, limit: 2 });
    expect(idsOf(page)).toEqual(ids.slice(3));
    const before = await listReplies(alice, { rootId: root.id, limit: 2, before: page[0]?.id });
    expect(idsOf(before)).toEqual(ids.slice(1, 3));
    expect(await listReplies(alice, { rootId: root.id, before: root.id })).toEqual([]);
  });

  it('are nothing for outsiders, nor for who joined after the root', async () => {
    const { bob, mallory, dave } = cast;
    const root = await begin();
    await joinLate(dave, root.conversationId);
    const one = await reply(bob, root, 'one');
    for (const actor of [mallory, dave]) {
      expect(await refusalOf(listReplies(actor, { rootId: root.id }))).toBe('not_found/message');
      expect(await refusalOf(followThread(actor, { rootId: root.id, following: true }))).toBe(
        'not_found/message',
      );
    }
    expect(await refusalOf(findThread(bob, { rootId: one.id }))).toBe('not_found/message');
  });
});

describe('following a thread', () => {
  it('begins with writing, replying or being mentioned', async () => {
    const { alice, bob, carol } = cast;
    const root = await begin();
    await reply(bob, root, 'what do you think, @carol?');
    const standing = async (actor: Actor) => {
      const { following, unread } = await findThread(actor, { rootId: root.id });
      return { following, unread };
    };
    expect(await standing(alice)).toEqual({ following: true, unread: 1 });
    expect(await standing(carol)).toEqual({ following: true, unread: 1 });
    expect(await standing(bob)).toEqual({ following: true, unread: 0 });
  });

  it('stops and starts as one likes, and a mention asks anew', async () => {
    const { alice, bob, carol } = cast;
    const root = await begin();
    await reply(bob, root, 'one');
    await followThread(alice, { rootId: root.id, following: false });
    await reply(bob, root, 'two');
    expect(await findThread(alice, { rootId: root.id })).toMatchObject({ following: false, unread: 0 });
    await followThread(carol, { rootId: root.id, following: true });
    expect(await findThread(carol, { rootId: root.id })).toMatchObject({ following: true, unread: 0 });
    await reply(bob, root, '@alice please');
    expect((await findThread(alice, { rootId: root.id })).following).toBe(true);
  });

  it('lists threads by their newest reply, with what is unread until it is read', async () => {
    const { alice, bob, carol, dave } = cast;
    const [early, late] = [await begin(), await begin()];
    await reply(bob, early, 'one');
    await reply(carol, late, 'two');
    await reply(bob, early, 'three');
    const mine = async (actor: Actor) =>
      (await listThreads(actor, {}))
        .filter(({ rootId }) => [early.id, late.id].includes(rootId))
        .map(({ rootId, unread, recent }) => [rootId, unread, recent.map(({ text }) => text)]);
    expect(await mine(alice)).toEqual([
      [early.id, 2, ['one', 'three']],
      [late.id, 1, ['two']],
    ]);
    expect(await mine(dave)).toEqual([]);
    const [first] = await listThreads(alice, { limit: 1 });
    const before = { lastReplyAt: first?.root.thread?.lastReplyAt as number, rootId: early.id };
    expect((await listThreads(alice, { before, limit: 1 }))[0]?.rootId).toBe(late.id);

    const unread = await countUnreadThreads(alice);
    const [seen] = await listReplies(alice, { rootId: early.id });
    await markThreadRead(alice, { rootId: early.id, seq: seen?.seq as number });
    expect((await findThread(alice, { rootId: early.id })).unread).toBe(1);
    await markThreadRead(alice, { rootId: early.id });
    await markThreadRead(alice, { rootId: early.id, seq: 1 });
    expect((await findThread(alice, { rootId: early.id })).unread).toBe(0);
    expect(await countUnreadThreads(alice)).toBe(unread - 1);
    const open = await listThreads(alice, { onlyUnread: true, limit: 50 });
    expect(open.map(({ rootId }) => rootId)).not.toContain(early.id);
  });
});
