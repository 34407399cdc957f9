import { beforeAll, expect, it } from 'vitest';
import { transaction } from '#server/domain/kernel/transaction';
import { deleteMessage } from '#server/domain/messages/delete-message';
import { editMessage } from '#server/domain/messages/edit-message';
import { findMessage } from '#server/domain/messages/find-messages';
import { postNotice } from '#server/domain/messages/post-notice';
import { toggleReaction } from '#server/domain/reactions/set-reaction';
import { searchMessages } from '#server/domain/search/search-messages';
import { unreadCounts } from '#server/domain/unreads/unread-counts';
import { type Cast, gatherCast } from '#tests/support/cast';
import { refusalOf } from '#tests/support/refusals';
import { say } from '#tests/support/say';

let cast: Cast;
beforeAll(async () => {
  cast = await gatherCast();
});

const notice = (text: string) => transaction((db) => postNotice(db, cast.secret, text));

it('a notice takes its place between the messages and is unread for nobody', async () => {
  const { alice, bob, secret } = cast;
  const before = await say(alice, secret, 'before');
  const unread = await unreadCounts(bob);
  const id = await notice('Bob has left the channel');
  const after = await say(alice, secret, 'after');
  expect(await findMessage(bob, id)).toMatchObject({
    kind: 'notice',
    sender: null,
    text: 'Bob has left the channel',
    seq: before.seq + 1,
    counts: false,
    ordinal: before.ordinal,
  });
  expect([after.seq, after.ordinal]).toEqual([before.seq + 2, before.ordinal + 1]);
  const bobs = (counts: typeof unread) =>
    counts.find((count) => count.conversationId === secret)?.unread ?? 0;
  expect(bobs(await unreadCounts(bob))).toBe(bobs(unread) + 1);
});

it('a notice can be found and reacted to, but nobody may change it', async () => {
  const { alice, bob } = cast;
  const messageId = await notice('carol was added');
  expect(await searchMessages(bob, { text: 'carol was' })).toMatchObject([{ id: messageId }]);
  expect(await toggleReaction(bob, { messageId, emoji: '🎉' })).toMatchObject({
    reactions: [{ emoji: '🎉' }],
  });
  expect(await refusalOf(editMessage(alice, { messageId, text: 'x' }))).toBe('forbidden/not_the_sender');
  expect(await refusalOf(deleteMessage(alice, { messageId }))).toBe('forbidden/not_the_sender');
});
