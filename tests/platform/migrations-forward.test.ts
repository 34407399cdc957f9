// A database of the first release, with people and history in it, brought up to date: everything is where it was, and
// what came since knows about it.
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { publicChannels } from '#server/domain/channels/public-channels';
import { DELETED_NAME } from '#server/domain/kernel/actor';
import { changedSince } from '#server/domain/messages/changed-since';
import { listTopMessages } from '#server/domain/messages/list-top-messages';
import { sendMessage } from '#server/domain/messages/send-message';
import { serverName } from '#server/domain/server/server-name';
import { listReplies } from '#server/domain/threads/list-replies';
import { unreadCounts } from '#server/domain/unreads/unread-counts';
import { env } from '#server/platform/env';
import { actorOf } from '#tests/support/cast';
import { administer } from '#tests/support/clone-template';

const FIRST_RELEASE = '0004_hot_reads';

const SEED = `
  INSERT INTO account (username, password_hash, role, created_at, deleted_at) VALUES
    ('alice', 'x', 'owner', 1000, NULL), ('bob', 'x', 'member', 2000, NULL), (NULL, NULL, 'member', 3000, 9000);
  INSERT INTO conversation (community_id, kind, visibility, name, configured_name, created_at)
    SELECT id, 'channel', 'public', 'general', 'general', 1000 FROM community;
  INSERT INTO membership (conversation_id, account_id, joined_at)
    SELECT c.id, a.id, 1000 FROM conversation c, account a WHERE a.deleted_at IS NULL;
  INSERT INTO message (conversation_id, seq, ordinal, sender_id, text, created_at, changed_at)
    VALUES (1, 1, 1, 3, 'who was I?', 4000, 4000);
  UPDATE conversation SET last_seq = 1, last_ordinal = 1, last_stamp = 4000, last_sent_at = 4000;
  SELECT post_messages(1, '[{"sender": 1, "entries": [{"text": "root"}]}]', 5000);
  SELECT post_messages(1, '[{"sender": 2, "root": 2, "entries": [{"text": "first reply"}]}]', 6000);
  SELECT post_messages(1, '[{"sender": 1, "root": 2, "entries": [{"text": "second reply"}]}]', 7000);
  SELECT post_messages(1, '[{"sender": 2, "entries": [{"text": "newest, @alice", "names": ["alice"]}]}]', 8000);`;

beforeAll(async () => {
  const scripts = readdirSync('prisma/migrations', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const old = scripts.filter((name) => name <= FIRST_RELEASE);
  const since = scripts.filter((name) => name > FIRST_RELEASE);
  const read = (name: string) => readFileSync(`prisma/migrations/${name}/migration.sql`, 'utf8');
  expect(since.length).toBeGreaterThan(0);
  await administer(
    env().DATABASE_URL as string,
    'DROP SCHEMA public CASCADE; CREATE SCHEMA public',
    ...old.map(read),
    SEED,
    ...since.map(read),
  );
});

it('keeps every message, in its place and under its name', async () => {
  const alice = await actorOf('alice');
  const messages = await changedSince(alice, 1, 0);
  expect(messages.map(({ seq, text, sender }) => [seq, text, sender?.name])).toEqual([
    [1, 'who was I?', DELETED_NAME],
    [2, 'root', 'alice'],
    [3, 'first reply', 'bob'],
    [4, 'second reply', 'alice'],
    [5, 'newest, @alice', 'bob'],
  ]);
  expect(await unreadCounts(alice)).toMatchObject([{ unread: 1, mentions: 1, lastSeq: 5 }]);
});

it('counts the threads that had begun, and lets them go on', async () => {
  const [alice, bob] = [await actorOf('alice'), await actorOf('bob')];
  const [, root] = await listTopMessages(alice, { conversationId: 1 });
  expect(root?.thread).toMatchObject({
    replyCount: 2,
    lastReplyAt: 7000,
    lastReplyBy: { name: 'alice' },
    people: [{ name: 'bob' }, { name: 'alice' }],
  });
  await sendMessage(bob, { conversationId: 1, entries: [{ text: 'third reply' }], threadRootId: 2 });
  expect((await listReplies(alice, { rootId: 2 })).map(({ text }) => text)).toEqual([
    'first reply',
    'second reply',
    'third reply',
  ]);
});

it('finds public channels by name, and has no name for the server yet', async () => {
  expect(await publicChannels()).toMatchObject([{ name: 'general', isDefault: true }]);
  expect(await serverName()).toBeNull();
});
