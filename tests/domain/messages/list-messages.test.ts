import { beforeAll, describe, expect, it } from 'vitest';
import { changedSince } from '#server/domain/messages/changed-since';
import { deleteMessage } from '#server/domain/messages/delete-message';
import { editMessage } from '#server/domain/messages/edit-message';
import { findMessage, findMessages } from '#server/domain/messages/find-messages';
import { type ListMessages, listMessages } from '#server/domain/messages/list-messages';
import type { Message } from '#server/domain/messages/message';
import { toggleReaction } from '#server/domain/reactions/set-reaction';
import { prisma } from '#server/platform/database';
import { type Cast, gatherCast, joinLate, makeConversation } from '#tests/support/cast';
import { refusalOf } from '#tests/support/refusals';
import { say } from '#tests/support/say';

let cast: Cast;
let place: number;
let all: Message[];
beforeAll(async () => {
  cast = await gatherCast();
  place = await makeConversation({ name: 'ten', members: [cast.alice, cast.bob] });
  all = [];
  for (let index = 1; index <= 10; index++) all.push(await say(cast.alice, place, `message ${index}`));
  await joinLate(cast.dave, place);
  for (let index = 11; index <= 14; index++) all.push(await say(cast.alice, place, `message ${index}`));
});

describe('a page', () => {
  const page = async (edge: Omit<ListMessages, 'conversationId'>, actor = cast.alice) => {
    const { messages, hasOlder, hasNewer } = await listMessages(actor, { conversationId: place, ...edge });
    const seqs = messages.map(({ seq }) => seq);
    expect(messages).toEqual(all.slice((seqs[0] ?? 1) - 1, (seqs[0] ?? 1) - 1 + seqs.length));
    return [seqs[0] ?? null, seqs.at(-1) ?? null, hasOlder, hasNewer];
  };

  it('is the newest without an edge', async () => {
    expect(await page({})).toEqual([1, 14, false, false]);
    expect(await page({ limit: 4 })).toEqual([11, 14, true, false]);
  });

  it('ends just before, or begins just after, an edge', async () => {
    expect(await page({ before: 11, limit: 4 })).toEqual([7, 10, true, true]);
    expect(await page({ before: 3, limit: 4 })).toEqual([1, 2, false, true]);
    expect(await page({ before: 1, limit: 4 })).toEqual([null, null, false, true]);
    expect(await page({ before: 99, limit: 2 })).toEqual([13, 14, true, false]);
    expect(await page({ after: 3, limit: 4 })).toEqual([4, 7, true, true]);
    expect(await page({ after: 12, limit: 4 })).toEqual([13, 14, true, false]);
    expect(await page({ after: 0, limit: 2 })).toEqual([1, 2, false, true]);
    expect(await page({ after: 14, limit: 2 })).toEqual([null, null, true, false]);
    expect(await page({ after: Number.MAX_SAFE_INTEGER, limit: 2 })).toEqual([null, null, true, false]);
  });

  it('has a message in its middle', async () => {
    expect(await page({ around: 7, limit: 4 })).toEqual([6, 9, true, true]);
    expect(await page({ around: 1, limit: 4 })).toEqual([1, 4, false, true]);
    expect(await page({ around: 14, limit: 4 })).toEqual([11, 14, true, false]);
  });

  it('begins for a late joiner where they came in, whatever the edge', async () => {
    const { dave } = cast;
    expect(await page({}, dave)).toEqual([11, 14, false, false]);
    expect(await page({ before: 13 }, dave)).toEqual([11, 12, false, true]);
    expect(await page({ before: 5 }, dave)).toEqual([null, null, false, true]);
    expect(await page({ after: 2, limit: 2 }, dave)).toEqual([11, 12, false, true]);
    expect(await page({ around: 3, limit: 2 }, dave)).toEqual([11, 12, false, true]);
  });

  it('does not exist for others', async () => {
    expect(await refusalOf(listMessages(cast.mallory, { conversationId: place }))).toBe(
      'not_found/conversation',
    );
    expect(await refusalOf(listMessages(cast.alice, { conversationId: 999_999 }))).toBe(
      'not_found/conversation',
    );
  });
});

describe('a message by its id', () => {
  it('is for those who may see it', async () => {
    const { alice, bob, dave, mallory } = cast;
    const [first, last] = [all[0] as Message, all[13] as Message];
    expect(await findMessage(bob, first.id)).toEqual(first);
    expect(await findMessages(alice, [last.id, 999_999, first.id, 1e30])).toEqual([last, first]);
    expect(await findMessages(dave, [first.id, last.id])).toEqual([last]);
    expect(await refusalOf(findMessage(dave, first.id))).toBe('not_found/message');
    expect(await refusalOf(findMessage(mallory, last.id))).toBe('not_found/message');
  });

  it('is gone with its archived conversation', async () => {
    const { alice } = cast;
    const attic = await makeConversation({ name: 'attic', members: [alice] });
    const { id } = await say(alice, attic, 'dust');
    await prisma.conversation.update({ where: { id: attic }, data: { archivedAt: 1 } });
    expect(await refusalOf(findMessage(alice, id))).toBe('not_found/message');
    expect(await refusalOf(listMessages(alice, { conversationId: attic }))).toBe('not_found/conversation');
    expect(await refusalOf(changedSince(alice, attic, 0))).toBe('not_found/conversation');
  });
});

describe('what changed since', () => {
  it('is everything after 0, and nothing after the newest change', async () => {
    const { alice } = cast;
    expect(await changedSince(alice, place, 0)).toEqual(all);
    expect(await changedSince(alice, place, -5)).toEqual(all);
    expect(await changedSince(alice, place, Number.NaN)).toEqual(all);
    expect(await changedSince(alice, place, all[13]?.changedAt as number)).toEqual([]);
    expect(await changedSince(alice, place, Number.POSITIVE_INFINITY)).toEqual([]);
    expect(await changedSince(alice, place, all[11]?.changedAt as number)).toEqual(all.slice(12));
  });

  it('shows edits, reactions and deletions to a cursor taken before them and to none taken after', async () => {
    const { alice, bob } = cast;
    const room = await makeConversation({ name: 'changes', members: [alice, bob] });
    const [one, two, three] = [
      await say(alice, room, '1'),
      await say(alice, room, '2'),
      await say(bob, room, '3'),
    ];
    let cursor = three.changedAt;
    for (const change of [
      () => editMessage(alice, { messageId: two.id, text: '2!' }),
      () => toggleReaction(bob, { messageId: one.id, emoji: '👍' }),
      () => toggleReaction(bob, { messageId: one.id, emoji: '👍' }),
      () => deleteMessage(alice, { messageId: two.id }),
    ]) {
      const changed = await change();
      expect(await changedSince(bob, room, cursor)).toEqual([changed]);
      cursor = changed.changedAt;
      expect(await changedSince(bob, room, cursor)).toEqual([]);
    }
    expect((await changedSince(bob, room, three.changedAt)).map(({ id }) => id)).toEqual([one.id, two.id]);
  });

  it('never shows a late joiner what is older than their coming, even when it changes', async () => {
    const { alice, dave } = cast;
    const edited = await editMessage(alice, { messageId: all[2]?.id as number, text: 'edited late' });
    expect((await changedSince(dave, place, 0)).map(({ seq }) => seq)).toEqual([11, 12, 13, 14]);
    expect(await changedSince(dave, place, edited.changedAt - 1)).toEqual([]);
    expect(await changedSince(alice, place, edited.changedAt - 1)).toEqual([edited]);
    expect(await refusalOf(changedSince(cast.mallory, place, 0))).toBe('not_found/conversation');
  });
});
