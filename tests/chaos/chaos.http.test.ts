// People and programs at work while the server, its database and the lines to it break. `npm run chaos` does it for
// minutes; CHAOS_SECONDS and CHAOS_SEED say how long, and which course of events.
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { faultsOf, newHistory, type Stored } from '#tests/chaos/history';
import { MikrochatWriter, MinimostWriter, WebWriter } from '#tests/chaos/people';
import { Random } from '#tests/chaos/random';
import { makeWorld, type World } from '#tests/chaos/world';
import { doorTo } from '#tests/support/door';
import { signIn } from '#tests/support/mikrochat-client';
import { MikrochatStream } from '#tests/support/mikrochat-stream';
import { type MinimostClient, PASSWORD, signUp } from '#tests/support/minimost-client';
import { MinimostStream } from '#tests/support/minimost-stream';
import { WebStream, webApp } from '#tests/support/web-app';

const SECONDS = Number(process.env.CHAOS_SECONDS ?? 20);
const SEED = Number(process.env.CHAOS_SEED ?? 1);
const PATIENCE = { timeout: 60_000, interval: 100 };

test(
  `nothing acknowledged is lost, doubled or reordered, whatever breaks (seed ${SEED}, ${SECONDS} s)`,
  async () => {
    const random = new Random(SEED);
    const world = await makeWorld(random);
    try {
      await run(world, random);
    } finally {
      await world.end();
    }
  },
  SECONDS * 1_000 + 240_000,
);

async function run(world: World, random: Random): Promise<void> {
  const { baseUrl, proxies } = world;
  const door = doorTo(baseUrl);
  const names = ['ann', 'ben', 'cat', 'dan', 'eve', 'fay', 'gus', 'hal', 'lea'];
  const people: MinimostClient[] = [];
  for (const name of names) people.push(await signUp(door, name));
  const [ann, ben, cat, dan, eve, fay, gus, hal, lea] = people as [
    MinimostClient,
    MinimostClient,
    MinimostClient,
    MinimostClient,
    MinimostClient,
    MinimostClient,
    MinimostClient,
    MinimostClient,
    MinimostClient,
  ];
  const created = await ann.postJson('/private_channels/create', { name: 'crowd', members: names.slice(1) });
  const place = JSON.parse(created.text) as { id: number; channel: string };
  const { cursor } = await webApp(baseUrl, ann.cookie).session.bootstrap.query();
  const since = await ann.cursor(place.channel);

  const lines = [baseUrl, ...proxies.map((proxy) => proxy.baseUrl)];
  const web = [ann, cat, eve, fay].map(
    (client, index) => new WebStream(lines[index % lines.length] as string, client.cookie, cursor),
  );
  const minimost = [ben, dan].map(
    (client, index) =>
      new MinimostStream(lines[(index + 1) % lines.length] as string, client.cookie, place.channel, since),
  );
  const programs = await Promise.all(
    [gus, hal].map((client, index) =>
      signIn(doorTo(lines[index % lines.length] as string), client.username, PASSWORD),
    ),
  );
  const mikrochat = programs.map((program) => new MikrochatStream(program));
  await expect
    .poll(() => mikrochat.every((stream) => stream.ofType('CONNECTED').length > 0), PATIENCE)
    .toBe(true);
  const leaving = new WebStream(baseUrl, lea.cookie, cursor);

  const history = newHistory();
  let over = false;
  const line = (index: number) => lines[index % lines.length] as string;
  const writers = [
    ...[ann, cat, eve].map((client, index) => new WebWriter(client, line(index), place, random, history)),
    ...[ben, dan, fay].map((client) => new MinimostWriter(client, place, random, history)),
    ...programs.map((program) => new MikrochatWriter(program, place, random, history)),
  ];
  const writing = writers.map((writer) => writer.write(() => over));

  let leftAt: number | null = null;
  const until = Date.now() + SECONDS * 1_000;
  const order = Object.keys(world.faults);
  for (let round = 0; Date.now() < until; round++) {
    await delay(1_000 + random.below(1_500));
    // each in turn first, then as it comes
    const fault = round < order.length ? (order[round] as string) : random.one(order);
    world.log.push(fault);
    await world.faults[fault]?.();
    if (leftAt === null && round >= 1) leftAt = await leave(baseUrl, lea, ann, place.id);
  }
  over = true;
  await Promise.all(writing);

  const end = await sayUntilHeard(baseUrl, ann, place.id);
  const hasEnd = (ids: number[]) => ids.includes(end);
  await expect.poll(() => web.every((stream) => hasEnd(idsOf(stream.sent(place.id)))), PATIENCE).toBe(true);
  await expect.poll(() => minimost.every((stream) => hasEnd(idsOf(stream.rows))), PATIENCE).toBe(true);
  const heard = (stream: MikrochatStream) => stream.sent(String(place.id)).map(({ id }) => Number(id));
  await expect.poll(() => mikrochat.every((stream) => hasEnd(heard(stream))), PATIENCE).toBe(true);
  history.acknowledged.add('the end');

  const app = webApp(baseUrl, ann.cookie);
  const all = await app.messages.changedSince.query({ conversationId: place.id, stamp: 0 });
  const stored: Stored[] = all.map(({ id, seq, kind, text, deletedAt }) => ({
    id,
    seq,
    isText: kind === 'text',
    sentAs: kind === 'text' ? (text?.split(', edited')[0] ?? null) : null,
    text,
    deleted: deletedAt !== null,
  }));
  const seen = [
    ...web.map((stream, index) => ({ reader: `web ${index}`, ids: idsOf(stream.sent(place.id)) })),
    ...mikrochat.map((stream, index) => ({
      reader: `mikrochat ${index}`,
      ids: heard(stream),
      mayMissDeleted: true,
    })),
    // a row that changed comes again; what counts is when it first came
    ...minimost.map((stream, index) => ({
      reader: `minimost ${index}`,
      ids: [...new Set(idsOf(stream.rows.filter((row) => row.sender !== 'system')))],
    })),
  ];
  expect(faultsOf(history, stored, seen), world.log.join('; ')).toEqual([]);
  expect(history.acknowledged.size).toBeGreaterThan(SECONDS);

  const afterwards = leaving.sent(place.id).filter(({ seq }) => leftAt !== null && seq > leftAt);
  expect(afterwards, 'what was delivered after a right had ended').toEqual([]);
  for (const client of [ann, ben, cat, dan, eve, fay, gus, hal]) {
    await expectLedger(baseUrl, client, place.id);
  }
  await expectGone(baseUrl, ann, cursor, [...history.deleted.values()].flat());
  for (const { follower } of [...web, ...minimost, ...mikrochat, leaving]) follower.close();
  await door.close();
}

function idsOf(items: readonly { id: number }[]): number[] {
  return items.map(({ id }) => id);
}

/** Leaves; answers the newest place that there may have been at that moment. */
async function leave(baseUrl: string, leaver: MinimostClient, other: MinimostClient, conversationId: number) {
  const app = webApp(baseUrl, leaver.cookie);
  const witness = webApp(baseUrl, other.cookie);
  for (let isThere = true; isThere; ) {
    // an answer may get lost, so somebody else is asked whether it was done
    await app.conversations.leave.mutate({ conversationId }).catch(() => delay(100));
    const members = await untilAnswered(() => witness.conversations.members.query({ conversationId }));
    isThere = members.some(({ name }) => name === leaver.username);
  }
  const view = await untilAnswered(() => witness.conversations.get.query({ conversationId }));
  return view.lastSeq;
}

async function sayUntilHeard(baseUrl: string, client: MinimostClient, conversationId: number) {
  const send = { conversationId, entries: [{ text: 'the end' }], clientKey: 'the end' };
  const [message] = await untilAnswered(() => webApp(baseUrl, client.cookie).messages.send.mutate(send));
  return message?.id as number;
}

async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      // the first attempt may have done it
      if (attempt > 200) throw error;
      await delay(100);
    }
  }
}

/** What is unread is what comes after the mark, is by others, and is still there. */
async function expectLedger(baseUrl: string, client: MinimostClient, conversationId: number): Promise<void> {
  const app = webApp(baseUrl, client.cookie);
  const view = await app.conversations.get.query({ conversationId });
  const messages = await app.messages.changedSince.query({ conversationId, stamp: 0 });
  const unread = messages.filter(
    ({ seq, counts, deletedAt, sender }) =>
      seq > view.readSeq && counts && deletedAt === null && sender?.name !== client.username,
  );
  expect({ who: client.username, unread: view.unread }).toEqual({
    who: client.username,
    unread: unread.length,
  });
}

/** Texts that were deleted are nowhere: not in search, not for programs, not in what a stream repeats. */
async function expectGone(baseUrl: string, client: MinimostClient, cursor: number, texts: string[]) {
  const replay = new WebStream(baseUrl, client.cookie, cursor);
  await expect.poll(() => replay.items.length, PATIENCE).toBeGreaterThan(0);
  await delay(500);
  const repeated = JSON.stringify(replay.items);
  replay.follower.close();
  for (const text of texts) {
    // "ann 1" is also in "ann 12"
    expect(repeated.includes(`${JSON.stringify(text)}`), text).toBe(false);
    const found = await webApp(baseUrl, client.cookie).search.messages.query({ text });
    expect(found.map((message) => message.text)).not.toContain(text);
  }
}
