import { beforeEach, expect, it } from 'vitest';
import { changedSince } from '#server/domain/messages/changed-since';
import { listMessages } from '#server/domain/messages/list-messages';
import { sendMessage } from '#server/domain/messages/send-message';
import { toggleReaction } from '#server/domain/reactions/set-reaction';
import { runRetention } from '#server/domain/retention/run-retention';
import { markRead } from '#server/domain/unreads/mark-read';
import { markUnread } from '#server/domain/unreads/mark-unread';
import { receipts } from '#server/domain/unreads/receipts';
import { unreadCounts } from '#server/domain/unreads/unread-counts';
import { advanceClock, holdClock, releaseClock } from '#server/platform/clock';
import { prisma } from '#server/platform/database';
import { settings } from '#server/platform/settings';
import { makeActor, makeConversation, makeFile } from '#tests/support/cast';
import { say } from '#tests/support/say';

const DAY = 24 * 60 * 60 * 1_000_000;
let round = 0;

/** Four old messages and two new ones. */
async function history() {
  const [alice, bob] = [await makeActor(`alice${++round}`), await makeActor(`bob${round}`)];
  const place = await makeConversation({ members: [alice, bob] });
  const old = [
    await say(alice, place, 'one'),
    await say(bob, place, 'two'),
    await say(alice, place, 'three'),
  ];
  const [picture] = await sendMessage(alice, {
    conversationId: place,
    entries: [{ text: 'four', fileIds: [await makeFile(alice)] }],
  });
  await toggleReaction(bob, { messageId: picture?.id as number, emoji: '👍' });
  advanceClock(10 * DAY);
  const kept = [await say(alice, place, 'five'), await say(alice, place, 'six')];
  const unread = async () => (await unreadCounts(bob)).find((count) => count.conversationId === place);
  return { alice, bob, place, old, kept, unread };
}

/** 9 kB that Postgres can't compress away. */
const noise = () => Array.from({ length: 250 }, () => crypto.randomUUID()).join('');

beforeEach(() => {
  holdClock();
  Object.assign(settings(), {
    message_retention_days: 0,
    max_message_db_size_mb: 0,
    max_upload_dir_size_mb: 0,
  });
  Object.assign(settings(), { image_retention_days: 0, file_retention_days: 0 });
  return releaseClock;
});

it('removes what is older than the settings say, with reactions and files, and keeps the rest in order', async () => {
  const { alice, place, kept } = await history();
  const reactions = await prisma.reaction.count();
  settings().message_retention_days = 5;
  expect(await runRetention()).toMatchObject({ messages: 4 });
  expect(await changedSince(alice, place, 0)).toEqual(kept);
  expect(await listMessages(alice, { conversationId: place, before: 99 })).toEqual({
    messages: kept,
    hasOlder: false,
    hasNewer: false,
  });
  expect(await prisma.reaction.count()).toBe(reactions - 1);
  expect(await prisma.file.count({ where: { uploaderId: alice.accountId } })).toBe(0);
  expect((await say(alice, place, 'seven')).seq).toBe(7);
  expect(await runRetention()).toEqual({ messages: 0, files: 0 });
});

it('tells the members how far a conversation was emptied', async () => {
  const { place } = await history();
  settings().message_retention_days = 5;
  await runRetention();
  const event = await prisma.event.findFirstOrThrow({
    where: { type: 'messages_pruned' },
    orderBy: { id: 'desc' },
  });
  expect(event).toMatchObject({
    conversationId: BigInt(place),
    payload: { conversationId: place, prunedSeq: 4 },
  });
});

it('leaves nobody with unread messages that are gone, and no receipt for what was not read', async () => {
  const { alice, bob, place, old, unread } = await history();
  expect(await unread()).toMatchObject({ readSeq: 2, unread: 4 });
  settings().message_retention_days = 5;
  await runRetention();
  expect(await unread()).toMatchObject({ readSeq: 4, unread: 2 });
  const bobs = (await receipts(alice, place)).find(({ person }) => person.id === bob.accountId);
  expect(bobs?.readStamp).toBe(old[1]?.createdAt);
  await markRead(bob, { conversationId: place });
  expect(await unread()).toMatchObject({ readSeq: 6, unread: 0 });
});

it('counts own messages right when a mark set back by hand is overtaken', async () => {
  const { bob, place, unread } = await history();
  await say(bob, place, 'my own');
  await markUnread(bob, { conversationId: place, seq: 1 });
  expect(await unread()).toMatchObject({ readSeq: 0, unread: 5 });
  settings().message_retention_days = 5;
  await runRetention();
  expect(await unread()).toMatchObject({ readSeq: 4, unread: 2 });
});

it('removes the oldest messages when all together are too large', async () => {
  const { alice, place } = await history();
  for (let index = 0; index < 40; index++) await say(alice, place, `${index} ${noise()}`);
  settings().max_message_db_size_mb = 0.2;
  const { messages } = await runRetention();
  expect(messages).toBeGreaterThan(10);
  const kept = await changedSince(alice, place, 0);
  expect(kept.at(-1)?.text).toMatch(/^39 /);
  expect(kept.length).toBeGreaterThan(10);
  expect(kept.map(({ seq }) => seq)).toEqual(kept.map((_, index) => 46 - kept.length + index + 1));
  expect(await runRetention()).toMatchObject({ messages: 0 });
});

it('removes nothing when every rule is switched off', async () => {
  const { alice, place } = await history();
  advanceClock(10_000 * DAY);
  expect(await runRetention()).toEqual({ messages: 0, files: 0 });
  expect(await changedSince(alice, place, 0)).toHaveLength(6);
});
