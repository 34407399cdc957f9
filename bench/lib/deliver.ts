import type { Socket } from 'node:net';
import { Connection } from './connection.ts';
import type { Person } from './people.ts';
import { round, type Summary, sleep, summarize } from './stats.ts';
import { openStream, probe } from './streams.ts';

const GIVEN_UP_AFTER_MS = 10_000;
const LAST_ONES_MS = 1_500;

export type Delivery = {
  base: URL;
  people: readonly Person[];
  subscribers: number;
  /** messages a second */
  perSecond: number;
  seconds: number;
  /** what opens a person's stream */
  streamPath: (person: Person) => string;
  /** the request by which a person sends a text */
  send: (person: Person, text: string) => Buffer;
};

export type Delivered = Omit<Summary, 'count'> & { delivered: number; deliveriesPerSecond: number };

/** How long a message takes from the writing of its request to each of many open streams, and how many come at all. */
export async function deliver(delivery: Delivery): Promise<Delivered> {
  const { base, people, subscribers, perSecond, seconds, send } = delivery;
  const sentAt: number[] = [];
  const latencies: number[] = [];
  let last = 0;
  const streams = await openStreams(delivery, (number) => {
    const at = sentAt[number];
    if (at === undefined) return;
    last = performance.now();
    latencies.push(last - at);
  });
  await sleep(1_000);
  const connections = Array.from({ length: 8 }, () => new Connection(base));
  const started = performance.now();
  const posts: Promise<unknown>[] = [];
  for (let number = 0; number < perSecond * seconds; number++) {
    const wait = started + (number * 1_000) / perSecond - performance.now();
    if (wait > 0) await sleep(wait);
    const person = people[number % people.length] as Person;
    sentAt[number] = performance.now();
    const request = send(person, `probe ${probe(number)}`);
    posts.push((connections[number % connections.length] as Connection).send(request));
  }
  await Promise.race([Promise.all(posts), sleep(GIVEN_UP_AFTER_MS)]);
  await sleep(LAST_ONES_MS);
  for (const stream of streams) stream.destroy();
  for (const connection of connections) connection.close();
  await sleep(1_000);
  const { count, ...times } = summarize(latencies);
  return {
    ...times,
    delivered: round(count / (sentAt.length * subscribers), 4),
    deliveriesPerSecond: round(count / ((last - started) / 1_000), 0),
  };
}

async function openStreams(
  { base, people, subscribers, streamPath }: Delivery,
  onProbe: (number: number) => void,
): Promise<Socket[]> {
  const streams: Socket[] = [];
  for (let opened = 0; opened < subscribers; opened += 20) {
    const batch = Array.from({ length: Math.min(20, subscribers - opened) }, (_, index) => {
      const person = people[(opened + index) % people.length] as Person;
      const headers = { Accept: 'text/event-stream', ...person.headers };
      return openStream(base, { path: streamPath(person), headers }, onProbe);
    });
    streams.push(...(await Promise.all(batch)));
  }
  return streams;
}
