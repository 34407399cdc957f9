import { beforeEach, expect, it } from 'vitest';
import { transaction } from '#server/domain/kernel/transaction';
import { findMessage } from '#server/domain/messages/find-messages';
import { listTopMessages } from '#server/domain/messages/list-top-messages';
import { postNotice } from '#server/domain/messages/post-notice';
import { sendMessage } from '#server/domain/messages/send-message';
import { limitChannels } from '#server/domain/retention/limit-channels';
import { eventsAfter, newestEventId } from '#server/live/event-log';
import { advanceClock, holdClock, releaseClock } from '#server/platform/clock';
import { settings } from '#server/platform/settings';
import { type Cast, gatherCast, makeConversation } from '#tests/support/cast';
import { say } from '#tests/support/say';

const DAY = 24 * 60 * 60 * 1_000_000;
let cast: Cast;

beforeEach(async () => {
  cast ??= await gatherCast();
  holdClock();
  settings().chat.messageRetentionDays = 0;
  settings().chat.maxMessagesPerChannel = 0;
  return releaseClock;
});

async function texts(conversationId: number): Promise<(string | null)[]> {
  return (await listTopMessages(cast.alice, { conversationId })).map(({ text }) => text);
}

it('what is too old goes with its thread, each with an event, and direct conversations keep everything', async () => {
  const { alice, bob } = cast;
  const conversationId = await makeConversation({ name: 'old', members: [alice, bob] });
  const root = await say(alice, conversationId, 'old');
  await transaction((db) => postNotice(db, conversationId, 'something happened'));
  await say(alice, cast.direct, 'old');
  advanceClock(10 * DAY);
  const reply = { conversationId, entries: [{ text: 'late reply' }], threadRootId: root.id };
  const [late] = await sendMessage(bob, reply);
  await say(bob, conversationId, 'new');
  const cursor = await newestEventId();

  settings().chat.messageRetentionDays = 5;
  expect(await limitChannels()).toEqual({ messages: 1 });
  expect(await texts(conversationId)).toEqual(['new']);
  expect(await texts(cast.direct)).toEqual(['old']);
  expect((await findMessage(alice, late?.id as number)).deletedAt).not.toBeNull();
  expect((await eventsAfter(cursor, 10)).map(({ event }) => event)).toEqual([
    { type: 'message_deleted', conversationId, messageId: root.id, replyIds: [late?.id] },
  ]);
  expect(await limitChannels()).toEqual({ messages: 0 });
});

it('of too many the oldest go, and replies are not counted', async () => {
  const { alice, bob } = cast;
  const conversationId = await makeConversation({ name: 'full', members: [alice, bob] });
  for (const text of ['1', '2', '3', '4']) await say(alice, conversationId, text);
  const root = await say(alice, conversationId, '5');
  for (const text of ['a', 'b', 'c']) {
    await sendMessage(bob, { conversationId, entries: [{ text }], threadRootId: root.id });
  }
  settings().chat.maxMessagesPerChannel = 2;
  await limitChannels();
  expect(await texts(conversationId)).toEqual(['4', '5']);
  expect((await findMessage(alice, root.id)).thread?.replyCount).toBe(3);
});

it('more than one batch goes as well', async () => {
  const { alice } = cast;
  const conversationId = await makeConversation({ name: 'crowded', members: [alice] });
  const entries = Array.from({ length: 200 }, (_, index) => ({ text: `${index}` }));
  for (let round = 0; round < 3; round++) await sendMessage(alice, { conversationId, entries });
  settings().chat.maxMessagesPerChannel = 3;
  await limitChannels();
  expect(await texts(conversationId)).toEqual(['197', '198', '199']);
});

it('nothing goes by itself', async () => {
  const conversationId = await makeConversation({ name: 'kept', members: [cast.alice] });
  await say(cast.alice, conversationId, 'for ever');
  advanceClock(3_000 * DAY);
  expect(await limitChannels()).toEqual({ messages: 0 });
});
