import { beforeAll, expect, it } from 'vitest';
import { unreadMentions } from '#server/domain/mentions/unread-mentions';
import { deleteMessage } from '#server/domain/messages/delete-message';
import { editMessage } from '#server/domain/messages/edit-message';
import { markRead } from '#server/domain/unreads/mark-read';
import { unreadCounts } from '#server/domain/unreads/unread-counts';
import { prisma } from '#server/platform/database';
import { type Cast, gatherCast, joinLate, makeConversation } from '#tests/support/cast';
import { say } from '#tests/support/say';

let cast: Cast;
beforeAll(async () => {
  cast = await gatherCast();
});

const namesIn = async (conversationId: number, text: string) =>
  (await say(cast.alice, conversationId, text)).mentions.map(({ name }) => name);

it('only members are mentioned: all accounts in public, the people of a private or direct conversation', async () => {
  const { general, secret, direct } = cast;
  const text = '@mallory @carol @BOB @alice @nobody';
  expect(await namesIn(general, text)).toEqual(['Bob', 'alice', 'carol', 'mallory']);
  expect(await namesIn(secret, text)).toEqual(['Bob', 'alice', 'carol']);
  expect(await namesIn(direct, text)).toEqual(['Bob', 'alice']);
});

it('unread mentions are live ones by others that name the reader or everyone, newest first', async () => {
  const { alice, bob, carol, secret } = cast;
  await markRead(bob, { conversationId: secret });
  await say(alice, secret, 'nobody in particular');
  const one = await say(alice, secret, 'hello @bob');
  const two = await say(carol, secret, '@everyone');
  const gone = await say(alice, secret, '@bob never mind');
  const changed = await say(alice, secret, '@bob or rather');
  await deleteMessage(alice, { messageId: gone.id });
  await editMessage(alice, { messageId: changed.id, text: '@carol' });

  const unread = async () =>
    (await unreadMentions(bob)).filter((message) => message.conversationId === secret);
  const counted = async () => (await unreadCounts(bob)).find((count) => count.conversationId === secret);
  expect(await unread()).toEqual([two, one]);
  expect(await counted()).toMatchObject({ mentions: 2, unread: 4 });
  await markRead(bob, { conversationId: secret, seq: one.seq });
  expect(await unread()).toEqual([two]);
  expect(await counted()).toMatchObject({ mentions: 1, unread: 2 });
  expect((await unreadMentions(carol)).some((message) => message.id === two.id)).toBe(false);
});

it('a late joiner has no mentions from before, and nobody has any in an archived conversation', async () => {
  const { alice, bob, dave } = cast;
  const place = await makeConversation({ name: 'later', members: [alice, bob] });
  await say(alice, place, '@everyone early');
  await joinLate(dave, place);
  const late = await say(alice, place, '@everyone late');
  const inPlace = async (actor: typeof dave) =>
    (await unreadMentions(actor)).filter((message) => message.conversationId === place);
  expect(await inPlace(dave)).toEqual([late]);
  expect(await inPlace(bob)).toHaveLength(2);
  await prisma.conversation.update({ where: { id: place }, data: { archivedAt: 1 } });
  expect(await inPlace(bob)).toEqual([]);
});
