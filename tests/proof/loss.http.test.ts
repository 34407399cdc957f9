// Many write at once, over HTTP, and everybody who reads, however they read, gets everything once and in one order.
import { afterAll, expect, inject, test } from 'vitest';
import type { Message } from '#server/domain/messages/message';
import { type Door, doorTo } from '#tests/support/door';
import { cursorOf, type MessageRow, type MinimostClient, signUp } from '#tests/support/minimost-client';
import { MinimostStream } from '#tests/support/minimost-stream';
import { WebStream, webApp } from '#tests/support/web-app';

const SENDERS = 16;
const EACH = 125;

const baseUrl = inject('baseUrl');
const door: Door = doorTo(baseUrl);
const open: { follower: { close(): void } }[] = [];
afterAll(async () => {
  for (const { follower } of open) follower.close();
  await door.close();
});

test(`${SENDERS} × ${EACH} messages reach every poller and every stream once, in one order`, async () => {
  const writers = await gather('loss', SENDERS);
  const place = await makePlace(writers);
  const readers = await follow(writers, place);
  await Promise.all(
    writers.map(async (writer, index) => {
      for (let count = 0; count < EACH; count++) await write(writer, place, index, `${index} ${count}`);
    }),
  );
  const stored = await readers.finish();
  expect(stored).toHaveLength(SENDERS * EACH + 1);
  expect(new Set(stored.map((row) => row.content)).size).toBe(SENDERS * EACH + 1);
  for (const seen of await readers.polled) expect(seen).toEqual(stored);
  for (const stream of readers.minimost) expect(stream.rows).toEqual(stored);
  const order = stored.map(({ id }) => id);
  for (const stream of readers.web) expect(stream.sent(place.id).map(({ id }) => id)).toEqual(order);
}, 120_000);

test('and so do edits, deletions and reactions in between', async () => {
  const writers = await gather('mixed', SENDERS);
  const place = await makePlace(writers);
  const readers = await follow(writers, place);
  await Promise.all(
    writers.map(async (writer, index) => {
      const neighbour = writers[(index + 1) % SENDERS] as MinimostClient;
      for (let count = 0; count < 12; count++) {
        const { id } = await sayInWeb(writer, place, `${index} ${count}`);
        if (count % 2) expect((await writer.post(`/edit/${id}`, { text: 'better' })).status).toBe(200);
        await webApp(baseUrl, neighbour.cookie).reactions.set.mutate({
          messageId: id,
          emoji: '👍',
          on: true,
        });
        if (count % 3 === 0) await neighbour.post(`/react/${id}`, { reaction: 'thumbsup' });
        if (count % 4 === 0) await webApp(baseUrl, writer.cookie).messages.delete.mutate({ messageId: id });
      }
    }),
  );
  const stored = await readers.finish();
  expect(stored).toHaveLength(SENDERS * 12 + 1);
  for (const seen of await readers.polled) expect(copyOf(seen)).toEqual(stored);
  for (const stream of readers.minimost) expect(copyOf(stream.rows)).toEqual(stored);

  const reader = webApp(baseUrl, (writers[0] as MinimostClient).cookie);
  const whole = await reader.messages.changedSince.query({ conversationId: place.id, stamp: 0 });
  const texts = whole.filter(({ kind }) => kind === 'text').map(withoutKey);
  for (const stream of readers.web) {
    expect(stream.sent(place.id).map(({ id }) => id)).toEqual(texts.map(({ id }) => id));
    expect(stream.copy(place.id).map(withoutKey)).toEqual(texts);
  }
}, 120_000);

test('a message that keeps changing hides no other from a stream', async () => {
  const writers = await gather('busy', 6);
  const place = await makePlace(writers);
  const readers = await follow(writers, place);
  const { id: messageId } = await sayInWeb(writers[0] as MinimostClient, place, 'like me');
  await Promise.all(
    writers.map(async ({ cookie }, index) => {
      const app = webApp(baseUrl, cookie);
      for (let count = 0; count < 60; count++) {
        if (index % 2) await sayInWeb(writers[index] as MinimostClient, place, `${index} ${count}`);
        else await app.reactions.set.mutate({ messageId, emoji: '👍', on: count % 2 === 0 });
      }
    }),
  );
  const stored = await readers.finish();
  for (const seen of await readers.polled) expect(copyOf(seen)).toEqual(stored);
  for (const stream of readers.minimost) expect(copyOf(stream.rows)).toEqual(stored);
}, 60_000);

type Place = { id: number; channel: string; since: number; cursor: number };

async function gather(stem: string, count: number): Promise<MinimostClient[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => signUp(door, `${stem}-${index}`)));
}

/** A private channel of theirs, so that other tests' talk is not in it. */
async function makePlace(writers: MinimostClient[]): Promise<Place> {
  const [first, ...others] = writers as [MinimostClient, ...MinimostClient[]];
  const members = others.map(({ username }) => username);
  const answer = await first.postJson('/private_channels/create', { name: 'crowd', members });
  const { id, channel } = JSON.parse(answer.text) as { id: number; channel: string };
  const { cursor } = await webApp(baseUrl, first.cookie).session.bootstrap.query();
  return { id, channel, since: await first.cursor(channel), cursor };
}

/** Half of them through each face. */
async function write(writer: MinimostClient, place: Place, index: number, text: string): Promise<void> {
  if (index % 2) await sayInWeb(writer, place, text);
  else expect((await writer.post(`/send/${place.channel}`, { text })).status).toBe(200);
}

async function sayInWeb(writer: MinimostClient, { id }: Place, text: string): Promise<Message> {
  const entries = [{ text }];
  const clientKey = crypto.randomUUID();
  const [message] = await webApp(baseUrl, writer.cookie).messages.send.mutate({
    conversationId: id,
    entries,
    clientKey,
  });
  return message as Message;
}

/** Two pollers, three streams of each face. `finish` says a last word, waits until all have it, and loads it all. */
async function follow(writers: MinimostClient[], place: Place) {
  const [a, b, c, d, e] = writers as [
    MinimostClient,
    MinimostClient,
    MinimostClient,
    MinimostClient,
    MinimostClient,
  ];
  let running = true;
  const poll = async (client: MinimostClient): Promise<MessageRow[]> => {
    const seen: MessageRow[] = [];
    for (let cursor = place.since; ; ) {
      const last = !running;
      const rows = await client.messages(place.channel, cursor);
      seen.push(...rows);
      cursor = cursorOf(rows, cursor);
      if (last && rows.length === 0) return seen;
    }
  };
  const polled = Promise.all([a, b].map(poll));
  const web = [a, c, d].map(({ cookie }) => new WebStream(baseUrl, cookie, place.cursor));
  const minimost = [b, c, e].map(
    ({ cookie }) => new MinimostStream(baseUrl, cookie, place.channel, place.since),
  );
  open.push(...web, ...minimost);
  await expect.poll(() => [...web, ...minimost].every(({ follower }) => follower.connections > 0)).toBe(true);
  return {
    polled,
    web,
    minimost,
    async finish(): Promise<MessageRow[]> {
      const end = await sayInWeb(a, place, 'the end');
      running = false;
      await polled;
      const has = (ids: (number | undefined)[]) => ids.includes(end.id);
      await expect
        .poll(() => web.every((stream) => has(stream.sent(place.id).map(({ id }) => id))), PATIENCE)
        .toBe(true);
      await expect
        .poll(() => minimost.every((stream) => has(stream.rows.map(({ id }) => id))), PATIENCE)
        .toBe(true);
      return a.messages(place.channel, place.since);
    },
  };
}

const PATIENCE = { timeout: 20_000, interval: 50 };

/** What a client holds that replaces what comes again. */
function copyOf(rows: readonly MessageRow[]): MessageRow[] {
  const copy = new Map(rows.map((row) => [row.id, row]));
  return [...copy.values()].sort((x, y) => x.ts - y.ts || x.id - y.id);
}

/** Shown to its sender only. */
function withoutKey(message: Message): Message {
  return { ...message, clientKey: null };
}
