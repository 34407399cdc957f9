import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { deleteAccount } from '#server/domain/accounts/delete-account';
import { updateProfile } from '#server/domain/accounts/update-profile';
import { DELETED_NAME } from '#server/domain/kernel/actor';
import { isRefusal } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { changedSince, readChangedSince } from '#server/domain/messages/changed-since';
import { deleteMessage } from '#server/domain/messages/delete-message';
import { editMessage } from '#server/domain/messages/edit-message';
import { listMessages, readPage } from '#server/domain/messages/list-messages';
import { listTopMessages, readTopMessages } from '#server/domain/messages/list-top-messages';
import type { Message } from '#server/domain/messages/message';
import { postNotice } from '#server/domain/messages/post-notice';
import { WINDOW } from '#server/domain/messages/recent-messages';
import { sendMessage } from '#server/domain/messages/send-message';
import { setPinned } from '#server/domain/pins/set-pinned';
import { toggleReaction } from '#server/domain/reactions/set-reaction';
import { pruneMessages } from '#server/domain/retention/prune-messages';
import { type Cast, gatherCast, joinLate, leave, makeConversation } from '#tests/support/cast';
import { newcomers, openChannels, PASSWORD } from '#tests/support/people';
import { refusalOf } from '#tests/support/refusals';
import { say } from '#tests/support/say';

let cast: Cast;
beforeAll(async () => {
  cast = await gatherCast();
});

const command = fc.record({
  what: fc.constantFrom(
    ...([
      'send',
      'send',
      'send',
      'burst',
      'edit',
      'delete',
      'react',
      'reply',
      'pin',
      'rename',
      'notice',
      'prune',
      'come and go',
    ] as const),
  ),
  who: fc.nat(1),
  which: fc.nat(3 * WINDOW),
  limit: fc.integer({ min: 1, max: 200 }),
});
type Command = typeof command extends fc.Arbitrary<infer One> ? One : never;

it('memory answers what the database answers, whatever happens', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 25 }), async (commands) => {
      const { alice, bob, carol } = cast;
      const place = await makeConversation({ name: 'any', members: [alice, bob] });
      const sent: Message[] = [];
      let carolIsIn = false;
      const run = async ({ what, who, which }: Command) => {
        const actor = who === 0 ? alice : bob;
        const message = sent.at(-1 - (which % Math.max(sent.length, 1)));
        if (what === 'send') sent.push(await say(actor, place, `number ${which}`));
        if (what === 'burst') {
          const entries = Array.from({ length: 1 + (which % 150) }, (_, index) => ({
            text: `burst ${index}`,
          }));
          sent.push(...(await sendMessage(actor, { conversationId: place, entries })));
        }
        if (what === 'notice') await transaction((db) => postNotice(db, place, 'something happened'));
        if (what === 'come and go') {
          await (carolIsIn ? leave(carol, place) : joinLate(carol, place));
          carolIsIn = !carolIsIn;
        }
        if (!message) return;
        const { id: messageId } = message;
        if (what === 'edit') await editMessage(actor, { messageId, text: `edit ${which}` });
        if (what === 'delete') await deleteMessage(actor, { messageId });
        if (what === 'reply') {
          const reply = { conversationId: place, entries: [{ text: 're' }], threadRootId: messageId };
          sent.push(...(await sendMessage(actor, { ...reply, alsoInChannel: which % 2 === 0 })));
        }
        if (what === 'pin') await setPinned(actor, { messageId, pinned: which % 2 === 0 });
        if (what === 'rename') await updateProfile(actor, { displayName: `${actor.username} ${which}` });
        if (what === 'react') await toggleReaction(actor, { messageId, emoji: '👍' });
        if (what === 'prune' && which % 4 === 0) await pruneMessages(message.createdAt);
      };
      for (const one of commands) {
        await run(one).catch((error) => {
          if (!isRefusal(error)) throw error;
        });
        const since = sent.at(-1 - (one.which % Math.max(sent.length, 1)))?.changedAt ?? 0;
        for (const actor of carolIsIn ? [alice, carol] : [bob]) {
          const page = { conversationId: place, limit: one.limit };
          expect(await listMessages(actor, page)).toEqual(await readPage(actor, page));
          expect(await listTopMessages(actor, page)).toEqual(await readTopMessages(actor, page));
          for (const stamp of [since, since - 1, 0, Number.MAX_SAFE_INTEGER]) {
            expect(await changedSince(actor, place, stamp)).toEqual(
              await readChangedSince(actor, place, stamp),
            );
          }
        }
      }
    }),
    { numRuns: 12 },
  );
}, 120_000);

it('somebody who has left or never came gets nothing from memory', async () => {
  const { alice, bob, mallory } = cast;
  const place = await makeConversation({ name: 'small', members: [alice, bob] });
  await say(alice, place, 'hello');
  expect((await listMessages(bob, { conversationId: place })).messages).toHaveLength(1);
  await leave(bob, place);
  for (const actor of [bob, mallory]) {
    expect(await refusalOf(listMessages(actor, { conversationId: place }))).toBe('not_found/conversation');
    expect(await refusalOf(changedSince(actor, place, 0))).toBe('not_found/conversation');
  }
});

it('a deleted account loses its name at once', async () => {
  await openChannels('general');
  const [, mona, nils] = await newcomers('olga', 'mona', 'nils');
  const place = await makeConversation({ name: 'farewell', members: [mona, nils] });
  await say(mona, place, 'so long');
  const names = async () =>
    (await listMessages(nils, { conversationId: place })).messages.map(({ sender }) => sender?.name);
  expect(await names()).toContain('mona');
  await deleteAccount(mona, { kind: 'soft', password: PASSWORD });
  expect(await names()).toContain(DELETED_NAME);
  expect(await names()).not.toContain('mona');
});

it('readers beside senders see every acknowledged message, dense and in order', async () => {
  const { alice, bob } = cast;
  const place = await makeConversation({ name: 'busy', members: [alice, bob] });
  let acknowledged = 0;
  let sending = true;
  const sender = async () => {
    for (let index = 0; index < 60; index++) {
      const { seq, id } = await say(alice, place, `line ${index}`);
      acknowledged = Math.max(acknowledged, seq);
      if (index % 7 === 0) await editMessage(alice, { messageId: id, text: `line ${index}, edited` });
    }
  };
  const reader = async () => {
    while (sending) {
      const least = acknowledged;
      const { messages } = await listMessages(bob, { conversationId: place, limit: 20 });
      const seqs = messages.map(({ seq }) => seq);
      expect(seqs.at(-1) ?? 0).toBeGreaterThanOrEqual(least);
      expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] as number) + index));
    }
  };
  const readers = [reader(), reader(), reader()];
  await Promise.all([sender(), sender(), sender()]);
  sending = false;
  await Promise.all(readers);
});
