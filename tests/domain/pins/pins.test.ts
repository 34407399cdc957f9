import { beforeAll, expect, it } from 'vitest';
import { deleteMessage } from '#server/domain/messages/delete-message';
import { listPins } from '#server/domain/pins/list-pins';
import { setPinned } from '#server/domain/pins/set-pinned';
import { type Cast, gatherCast, joinLate } from '#tests/support/cast';
import { refusalOf } from '#tests/support/refusals';
import { say } from '#tests/support/say';

let cast: Cast;
beforeAll(async () => {
  cast = await gatherCast();
});

it('what a member pins is pinned for all, the latest first, until it is taken out or deleted', async () => {
  const { alice, bob, carol, secret: conversationId } = cast;
  const [one, two] = [await say(alice, conversationId, 'one'), await say(alice, conversationId, 'two')];
  for (const { id } of [two, one]) await setPinned(bob, { messageId: id, pinned: true });
  const pinned = async () => (await listPins(carol, { conversationId })).map(({ text }) => text);
  expect(await pinned()).toEqual(['one', 'two']);
  await setPinned(carol, { messageId: two.id, pinned: true });
  expect(await pinned()).toEqual(['one', 'two']);
  await setPinned(carol, { messageId: one.id, pinned: false });
  expect(await pinned()).toEqual(['two']);
  await deleteMessage(alice, { messageId: two.id });
  expect(await pinned()).toEqual([]);
});

it('outsiders neither pin nor see pins, and late joiners not what was before them', async () => {
  const { alice, dave, mallory, secret: conversationId } = cast;
  const { id: messageId } = await say(alice, conversationId, 'for us');
  await setPinned(alice, { messageId, pinned: true });
  expect(await refusalOf(setPinned(mallory, { messageId, pinned: false }))).toBe('not_found/message');
  expect(await refusalOf(listPins(mallory, { conversationId }))).toBe('not_found/conversation');
  await joinLate(dave, conversationId);
  expect(await listPins(dave, { conversationId })).toEqual([]);
});

it('one message pinned by many at once is pinned once', async () => {
  const { alice, bob, carol, secret } = cast;
  const { id: messageId } = await say(alice, secret, 'again and again');
  await Promise.all([alice, bob, carol].map((actor) => setPinned(actor, { messageId, pinned: true })));
  const pins = await listPins(bob, { conversationId: secret });
  expect(pins.filter(({ id }) => id === messageId)).toHaveLength(1);
});
