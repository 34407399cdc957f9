import type { Socket } from 'node:net';
import { Connection, encodeRequest } from '../lib/connection.ts';
import { FORM } from '../lib/people.ts';
import { round, sleep, summarize } from '../lib/stats.ts';
import { openStream, probe } from '../lib/streams.ts';
import type { Bench } from '../run.ts';

const PER_SECOND = 20;
const SECONDS = 6;
const GIVEN_UP_AFTER_MS = 10_000;

/** The web app's stream: everything its reader may know. */
const WEB = { name: 'fan-out', path: () => '/api/trpc/live.events' };

/** Minimost's: one channel, and lists that are read again for each reader. From now on, or it begins with all history. */
const MINIMOST = {
  name: 'Minimost fan-out',
  path: () => `/events?channel=general&after=${Date.now() / 1_000}`,
};

type StreamKind = { name: string; path: () => string };

/** How long a message takes from the writing of its request to each of many open streams. */
export async function fanOut(bench: Bench): Promise<void> {
  await deliver(bench, WEB, 200);
  await deliver(bench, WEB, 1_000);
  await deliver(bench, MINIMOST, 200);
}

async function deliver(
  { base, people, report }: Bench,
  { name, path }: StreamKind,
  subscribers: number,
): Promise<void> {
  const sentAt: number[] = [];
  const latencies: number[] = [];
  const onProbe = (number: number) => {
    const at = sentAt[number];
    if (at !== undefined) latencies.push(performance.now() - at);
  };
  const streams: Socket[] = [];
  for (let opened = 0; opened < subscribers; opened += 20) {
    const batch = Array.from({ length: 20 }, (_, index) => {
      const person = people[(opened + index) % people.length];
      return openStream(
        base,
        { path: path(), headers: { Accept: 'text/event-stream', ...person?.headers } },
        onProbe,
      );
    });
    streams.push(...(await Promise.all(batch)));
  }
  await sleep(1_000);
  const connections = Array.from({ length: 8 }, () => new Connection(base));
  const started = performance.now();
  const posts: Promise<unknown>[] = [];
  for (let number = 0; number < PER_SECOND * SECONDS; number++) {
    const wait = started + (number * 1_000) / PER_SECOND - performance.now();
    if (wait > 0) await sleep(wait);
    const person = people[number % people.length];
    const request = encodeRequest(base, {
      method: 'POST',
      path: '/send/general',
      headers: { ...FORM, ...person?.headers },
      body: new URLSearchParams({ text: `probe ${probe(number)}` }).toString(),
    });
    sentAt[number] = performance.now();
    posts.push((connections[number % connections.length] as Connection).send(request));
  }
  await Promise.race([Promise.all(posts), sleep(GIVEN_UP_AFTER_MS)]);
  await sleep(1_500);
  const expected = sentAt.length * subscribers;
  for (const stream of streams) stream.destroy();
  for (const connection of connections) connection.close();
  const { p50, p99, max, count } = summarize(latencies);
  report({
    workload: `${name} at ${PER_SECOND}/s`,
    clients: subscribers,
    p50,
    p99,
    max,
    delivered: round(count / expected, 4),
  });
  await sleep(1_000);
}
