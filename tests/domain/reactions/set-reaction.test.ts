import { beforeAll, describe, expect, it } from 'vitest';
import { deleteMessage } from '#server/domain/messages/delete-message';
import { findMessage } from '#server/domain/messages/find-messages';
import { setReaction, toggleReaction } from '#server/domain/reactions/set-reaction';
import { unreadCounts } from '#server/domain/unreads/unread-counts';
import { prisma } from '#server/platform/database';
import { type Cast, gatherCast } from '#tests/support/cast';
import { refusalOf } from '#tests/support/refusals';
import { say } from '#tests/support/say';

let cast: Cast;
beforeAll(async () => {
  cast = await gatherCast();
});

const shown = (message: { reactions: { emoji: string; people: { name: string }[] }[] }) =>
  message.reactions.map(({ emoji, people }) => [emoji, ...people.map(({ name }) => name)].join(' '));

describe('reactions', () => {
  it('are shown in order of first use, people in order of reacting', async () => {
    const { alice, bob, carol, general } = cast;
    const { id: messageId } = await say(alice, general, 'x');
    await toggleReaction(carol, { messageId, emoji: '❤️' });
    await toggleReaction(bob, { messageId, emoji: '👍' });
    await toggleReaction(alice, { messageId, emoji: '❤️' });
    const message = await toggleReaction(alice, { messageId, emoji: '👍' });
    expect(shown(message)).toEqual(['❤️ carol alice', '👍 Bob alice']);
    expect(await findMessage(bob, messageId)).toEqual(message);
  });

  it('go with the second toggle, and each toggle has a new stamp', async () => {
    const { alice, bob, general } = cast;
    const sent = await say(alice, general, 'x');
    const on = await toggleReaction(bob, { messageId: sent.id, emoji: '🔥' });
    const off = await toggleReaction(bob, { messageId: sent.id, emoji: '🔥' });
    expect(off).toEqual({ ...sent, reactedAt: off.reactedAt, changedAt: off.reactedAt });
    expect(on.reactedAt).toBeGreaterThan(sent.createdAt);
    expect(off.reactedAt).toBeGreaterThan(on.reactedAt as number);
  });

  it('can be set to what they are already, without a trace', async () => {
    const { alice, bob, general } = cast;
    const { id: messageId } = await say(alice, general, 'x');
    const on = await setReaction(bob, { messageId, emoji: '🔥', on: true });
    const events = await prisma.event.count();
    expect(await setReaction(bob, { messageId, emoji: '🔥', on: true })).toEqual(on);
    expect(await prisma.event.count()).toBe(events);
    expect(shown(await setReaction(bob, { messageId, emoji: '🔥', on: false }))).toEqual([]);
  });

  it('are no reason to have something unread', async () => {
    const { alice, bob, carol, general } = cast;
    const { id: messageId } = await say(alice, general, 'x');
    const before = await unreadCounts(carol);
    await toggleReaction(bob, { messageId, emoji: '👍' });
    expect(await unreadCounts(carol)).toEqual(before);
  });

  it('need a live message that one can see, and an emoji', async () => {
    const { alice, mallory, secret } = cast;
    const { id: messageId } = await say(alice, secret, 'x');
    const react = (actor: typeof alice, emoji = '👍', id = messageId) =>
      refusalOf(toggleReaction(actor, { messageId: id, emoji }));
    expect(await react(mallory)).toBe('not_found/message');
    expect(await react(alice, '👍', 999_999)).toBe('not_found/message');
    for (const emoji of ['', '\0', '\ud83d', 'x'.repeat(65)]) {
      expect(await react(alice, emoji)).toBe('invalid/reaction');
    }
    await deleteMessage(alice, { messageId });
    expect(await react(alice)).toBe('not_found/message');
  });

  it('toggled by one person many times at once end as if one after the other', async () => {
    const { alice, bob, general } = cast;
    const { id: messageId } = await say(alice, general, 'x');
    const toggles = (count: number) =>
      Promise.all(Array.from({ length: count }, () => toggleReaction(bob, { messageId, emoji: '👍' })));
    await toggles(9);
    expect(shown(await findMessage(alice, messageId))).toEqual(['👍 Bob']);
    await toggles(7);
    expect(shown(await findMessage(alice, messageId))).toEqual([]);
  });

  it('by many people at once are all there', async () => {
    const { everyone, general } = cast;
    const { id: messageId } = await say(everyone[0] as typeof cast.alice, general, 'x');
    await Promise.all(everyone.map((actor) => toggleReaction(actor, { messageId, emoji: '👍' })));
    const [reaction] = (await findMessage(cast.bob, messageId)).reactions;
    expect(reaction?.people.map(({ name }) => name).sort()).toEqual(
      everyone.map(({ username }) => username).sort(),
    );
  });
});
