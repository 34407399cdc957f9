// One conversation, two faces: what either writes the other reads, live both ways, and neither shows what the other
// hides.
import type { TRPCClientError } from '@trpc/client';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Message } from '#server/domain/messages/message';
import type { AppRouter } from '#server/trpc/root';
import { doorTo } from '#tests/support/door';
import { type MessageRow, type MinimostClient, PASSWORD, signUp } from '#tests/support/minimost-client';
import { MinimostStream } from '#tests/support/minimost-stream';
import { type WebApp, WebStream, webApp } from '#tests/support/web-app';

const baseUrl = inject('baseUrl');
const door = doorTo(baseUrl);
const open: { follower: { close(): void } }[] = [];

/** Somebody in both faces at once. */
type Person = { name: string; id: number; minimost: MinimostClient; web: WebApp };
let ann: Person;
let ben: Person;

beforeAll(async () => {
  ann = await join('ann-across');
  ben = await join('ben-across');
});
afterEach(() => {
  for (const { follower } of open.splice(0)) follower.close();
});
afterAll(() => door.close());

describe('what one face writes, the other reads', () => {
  test('from the web app to Minimost', async () => {
    const place = await privateChannel(ann, [ben]);
    const stream = await followInMinimost(ben, place);
    const first = await sayInWeb(ann, place.id, `Hello @${ben.name}`);
    const [reply] = await ann.web.messages.send.mutate({
      conversationId: place.id,
      entries: [{ text: 'a **reply**' }],
      replyToId: first.id,
      clientKey: crypto.randomUUID(),
    });
    await ann.web.messages.edit.mutate({ messageId: first.id, text: `Hello again @${ben.name}` });
    await ann.web.reactions.set.mutate({ messageId: first.id, emoji: '👍', on: true });
    await until(() => stream.rows.some((row) => row.id === reply?.id));
    await until(() => newest(stream.rows, first.id)?.reactions != null);
    const row = await ben.minimost.message(place.channel, first.id);
    expect(newest(stream.rows, first.id)).toEqual(row);
    expect(row).toMatchObject({
      sender: ann.name,
      content: `Hello again @${ben.name}`,
      edited: 1,
      deleted: 0,
    });
    expect(row.ts).toBe(first.createdAt / 1e6);
    expect(JSON.parse(row.reactions ?? 'null')).toMatchObject({ thumbsup: [ann.name] });
    expect(newest(stream.rows, reply?.id)).toMatchObject({ reply_to_id: first.id, content: 'a **reply**' });
    expect(await ben.minimost.read<MessageRow[]>('/mentions')).toMatchObject([{ id: first.id }]);

    await ann.web.messages.delete.mutate({ messageId: first.id });
    await until(() => newest(stream.rows, first.id)?.deleted === 1);
    expect(newest(stream.rows, first.id)?.content).toBeNull();
    expect(await ben.minimost.read('/mentions')).toEqual([]);
  });

  test('from Minimost to the web app', async () => {
    const place = await privateChannel(ann, [ben]);
    const stream = await followInWeb(ben);
    const row = await ann.minimost.say(place.channel, `Hello @${ben.name}`);
    await ann.minimost.post(`/edit/${row.id}`, { text: `Hello again @${ben.name}` });
    await ann.minimost.post(`/react/${row.id}`, { reaction: 'fire' });
    const latest = () => stream.copy(place.id).find(({ id }) => id === row.id);
    await until(() => latest()?.reactions.length === 1);
    const stored = await ben.web.messages.get.query({ messageId: row.id });
    expect(latest()).toEqual(stored);
    expect(stored).toMatchObject({
      sender: { id: ann.id, name: ann.name, displayName: null },
      text: `Hello again @${ben.name}`,
      createdAt: Math.round(row.ts * 1e6),
      mentions: [{ id: ben.id, name: ben.name, displayName: null }],
      reactions: [{ emoji: '🔥', people: [{ id: ann.id, name: ann.name, displayName: null }] }],
    });
    await ann.minimost.post(`/delete/${row.id}`);
    await until(() => latest()?.deletedAt !== null);
    expect(latest()).toMatchObject({ text: null, reactions: [] });
  });

  test('places, names and read marks', async () => {
    const place = await privateChannel(ann, [ben]);
    const stream = await followInWeb(ann);
    await ben.web.conversations.rename.mutate({ conversationId: place.id, name: 'renamed' });
    expect(await ann.minimost.read('/private_channels')).toContainEqual(
      expect.objectContaining({ id: place.id, name: 'renamed' }),
    );
    const { id } = await sayInWeb(ann, place.id, 'read me');
    expect(await ben.web.messages.get.query({ messageId: id })).toMatchObject({ text: 'read me' });
    expect(await unreadInWeb(ben, place.id)).toBe(1);
    expect(await ben.minimost.read('/private_channels')).toContainEqual(
      expect.objectContaining({ id: place.id, unread: 1 }),
    );
    await ben.minimost.post(`/mark_read/${place.channel}`);
    expect(await unreadInWeb(ben, place.id)).toBe(0);
    await until(() => stream.items.some((item) => item.kind === 'signal' && item.signal.type === 'receipt'));
    const receipts = await ann.web.reads.receipts.query({ conversationId: place.id });
    expect(receipts.map(({ person }) => person.name)).toContain(ben.name);
  });
});

describe('what one face hides, the other does not show', () => {
  test('to a late joiner, what was said before', async () => {
    const late = await join('late-across');
    const place = await privateChannel(ann, [ben]);
    const old = await sayInWeb(ann, place.id, 'an old secret');
    await ben.minimost.postJson(`/private_channels/${place.id}/add_member`, { username: late.name });
    const fresh = await ann.minimost.say(place.channel, 'since you are here');
    const rows = await late.minimost.messages(place.channel);
    expect(rows.map(({ id }) => id)).toContain(fresh.id);
    expect(rows.map(({ id }) => id)).not.toContain(old.id);
    const page = await late.web.messages.page.query({ conversationId: place.id, limit: 50 });
    expect(page.messages.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort());
    expect(page.hasOlder).toBe(false);
    await expectHidden(late, old.id);
    await ann.web.messages.edit.mutate({ messageId: old.id, text: 'an old secret, edited' });
    expect((await late.minimost.messages(place.channel)).map(({ id }) => id)).not.toContain(old.id);
    expect((await late.minimost.get('/search_messages?q=old%20secret')).text).not.toContain('old secret');
    const found = await late.web.search.messages.query({ text: 'old secret', limit: 20 });
    expect(found.filter((message) => message.conversationId === place.id)).toEqual([]);
  });

  test('to a former member, anything; and their streams end within a second', async () => {
    const former = await join('former-across');
    const place = await privateChannel(ann, [ben, former]);
    const { id } = await sayInWeb(ann, place.id, 'before');
    const web = await followInWeb(former);
    const minimost = await followInMinimost(former, place);
    await former.web.conversations.leave.mutate({ conversationId: place.id });
    const leftAt = performance.now();
    await until(() => minimost.follower.ended === '403');
    expect(performance.now() - leftAt).toBeLessThan(1_000);
    await until(() => web.items.some((item) => item.kind === 'event' && item.event.type === 'member_left'));
    const after = await ann.minimost.say(place.channel, 'after');
    // something newer that they may hear: by then the other would have come as well
    const heard = await ann.minimost.say('general', `for ${former.name}`);
    await until(() => web.items.some((item) => item.kind === 'event' && item.messages?.[0]?.id === heard.id));
    expect(JSON.stringify(web.items)).not.toContain(`"id":${after.id},`);
    expect(minimost.rows.map((row) => row.id)).not.toContain(after.id);
    for (const messageId of [id, after.id]) await expectHidden(former, messageId);
    expect((await former.minimost.get(`/messages/${place.channel}`)).status).toBe(403);
    const page = former.web.messages.page.query({ conversationId: place.id, limit: 50 });
    expect(await kindOf(page)).toBe('not_found');
    expect(await kindOf(sayInWeb(former, place.id, 'let me in'))).toBe('not_found');
    expect((await former.minimost.post(`/send/${place.channel}`, { text: 'let me in' })).status).toBe(403);
    expect((await former.web.conversations.list.query()).map((one) => one.id)).not.toContain(place.id);
  });

  test('of a deleted account, the name', async () => {
    const gone = await join('gone-across');
    const place = await privateChannel(ann, [ben, gone]);
    const kept = await gone.minimost.say(place.channel, 'remember me');
    const streams = [await followInWeb(gone), await followInMinimost(gone, place)];
    const deleted = await gone.minimost.postJson('/delete_account', { type: 'soft', password: PASSWORD });
    expect(deleted.status).toBeLessThan(300);
    const goneAt = performance.now();
    await until(() => streams.every(({ follower }) => follower.ended !== null));
    expect(performance.now() - goneAt).toBeLessThan(1_000);
    expect(await ben.minimost.message(place.channel, kept.id)).toMatchObject({
      sender: 'Deleted User',
      content: 'remember me',
    });
    expect((await ben.web.messages.get.query({ messageId: kept.id })).sender?.name).toBe('Deleted User');
    expect(await ben.minimost.read<string[]>('/users')).not.toContain(gone.name);
    expect((await ben.web.people.list.query()).map(({ username }) => username)).not.toContain(gone.name);
    expect(await kindOf(gone.web.session.bootstrap.query())).toBe('unauthenticated');
    expect((await gone.minimost.get('/channels')).status).toBe(302);
  });

  test('to outsiders, that a place or a message is there at all', async () => {
    const outsider = await join('outsider-across');
    const place = await privateChannel(ann, [ben]);
    const { id } = await sayInWeb(ann, place.id, 'between us');
    await expectHidden(outsider, id);
    await expectHidden(outsider, 2_000_000_000);
    for (const conversationId of [place.id, 2_000_000_000]) {
      const { messages, reads } = outsider.web;
      expect(await kindOf(messages.page.query({ conversationId, limit: 50 }))).toBe('not_found');
      expect(await kindOf(reads.receipts.query({ conversationId }))).toBe('not_found');
    }
  });
});

async function join(name: string): Promise<Person> {
  const minimost = await signUp(door, name);
  const web = webApp(baseUrl, minimost.cookie);
  const current = await web.session.current.query();
  return { name, id: current?.accountId as number, minimost, web };
}

async function privateChannel(owner: Person, others: Person[]): Promise<{ id: number; channel: string }> {
  const accountIds = others.map(({ id }) => id);
  await owner.web.conversations.createPrivate.mutate({ name: 'across', accountIds });
  const channels = await owner.minimost.read<{ id: number }[]>('/private_channels');
  const id = Math.max(...channels.map((channel) => channel.id));
  return { id, channel: `private:${id}` };
}

async function sayInWeb({ web }: Person, conversationId: number, text: string): Promise<Message> {
  const draft = { conversationId, entries: [{ text }], clientKey: crypto.randomUUID() };
  const [message] = await web.messages.send.mutate(draft);
  return message as Message;
}

async function followInWeb({ web, minimost }: Person): Promise<WebStream> {
  const { cursor } = await web.session.bootstrap.query();
  return opened(new WebStream(baseUrl, minimost.cookie, cursor));
}

async function followInMinimost({ minimost }: Person, { channel }: { channel: string }) {
  return opened(new MinimostStream(baseUrl, minimost.cookie, channel, await minimost.cursor(channel)));
}

async function opened<S extends WebStream | MinimostStream>(stream: S): Promise<S> {
  open.push(stream);
  await until(() => stream.follower.connections > 0);
  return stream;
}

async function unreadInWeb({ web }: Person, conversationId: number): Promise<number | undefined> {
  return (await web.conversations.get.query({ conversationId })).unread;
}

/** Nowhere to be read or touched, and not to be told from one that does not exist. */
async function expectHidden({ web, minimost }: Person, messageId: number): Promise<void> {
  expect((await minimost.get(`/message/${messageId}`)).status).toBe(404);
  expect((await minimost.post(`/react/${messageId}`, { reaction: 'fire' })).status).toBeGreaterThan(400);
  expect((await minimost.post(`/edit/${messageId}`, { text: 'x' })).status).toBeGreaterThan(400);
  const answers = [
    web.messages.get.query({ messageId }),
    web.reactions.set.mutate({ messageId, emoji: '🔥', on: true }),
    web.messages.edit.mutate({ messageId, text: 'x' }),
    web.messages.delete.mutate({ messageId }),
  ];
  expect(await Promise.all(answers.map(kindOf))).toEqual(answers.map(() => 'not_found'));
}

/** How a call ends: the kind of its refusal, or `done`. */
async function kindOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'done';
  } catch (error) {
    return (error as TRPCClientError<AppRouter>).data?.failure?.kind ?? String(error);
  }
}

function newest(rows: readonly MessageRow[], id: number | undefined): MessageRow | undefined {
  return rows.findLast((row) => row.id === id);
}

async function until(holds: () => boolean): Promise<void> {
  await expect.poll(holds, { timeout: 5_000, interval: 10 }).toBe(true);
}
