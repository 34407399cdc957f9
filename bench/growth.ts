// `npm run bench:growth`: what a send, a page, a count and a search cost as history and people grow, in microseconds of
// CPU of the server and its database together, which other work on the machine changes least. Writes docs/images/growth-*.svg.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeRequest } from './lib/connection.ts';
import { writeAccounts, writeHistory } from './lib/history.ts';
import { load } from './lib/load.ts';
import { FORM, type Person, signUp } from './lib/people.ts';
import { plot, type Series } from './lib/plot.ts';
import { type BenchServer, startServer } from './lib/server.ts';

const IMAGES = join(import.meta.dirname, '../docs/images');
const MESSAGES = [10_000, 100_000, 1_000_000];
const ACCOUNTS = [10, 100, 1_000, 10_000];
/** beside which the number of people grows */
const SOME_MESSAGES = 10_000;
const READERS = 10;

const REQUESTS: Record<string, (base: URL, person: Person) => Buffer> = {
  send: (base, { headers }) =>
    encodeRequest(base, {
      method: 'POST',
      path: '/send/general',
      headers: { ...FORM, ...headers },
      body: 'text=the+build+is+green+again',
    }),
  'newest 50': (base, { headers }) => encodeRequest(base, { path: '/messages/general?limit=50', headers }),
  unread: (base, { headers }) => encodeRequest(base, { path: '/channel_unreads', headers }),
  'search, rare': (base, { headers }) =>
    encodeRequest(base, { path: '/search_messages?q=zanzibar', headers }),
};

const byMessages = await grow(MESSAGES, (server, count) => writeHistory(server.databaseUrl, count));
writeFileSync(
  join(IMAGES, 'growth-messages.svg'),
  plot({ title: 'CPU per request as history grows', unit: 'messages', series: byMessages }),
);
const byAccounts = await grow(ACCOUNTS, async (server, count) => {
  await writeAccounts(server.databaseUrl, count - READERS);
  await writeHistory(server.databaseUrl, SOME_MESSAGES);
});
writeFileSync(
  join(IMAGES, 'growth-people.svg'),
  plot({ title: 'CPU per request as people come', unit: 'people', series: byAccounts }),
);
for (const { name, points } of [...byMessages, ...byAccounts]) {
  console.log(name, points.map(({ x, y }) => `${x}: ${y} µs`).join(', '));
}

async function grow(
  sizes: readonly number[],
  fill: (server: BenchServer, size: number) => Promise<unknown>,
): Promise<Series[]> {
  const series = Object.keys(REQUESTS).map((name): Series => ({ name, points: [] }));
  for (const size of sizes) {
    const server = await startServer();
    try {
      const people: Person[] = [];
      for (let number = 0; number < READERS; number++)
        people.push(await signUp(server.base, `bench${number}`));
      await fill(server, size);
      for (const { name, points } of series) {
        const make = REQUESTS[name] as (base: URL, person: Person) => Buffer;
        const requests = people.map((person) => make(server.base, person));
        const next = (client: number, turn: number) => requests[(client + turn) % requests.length] as Buffer;
        const { serverUs, databaseUs } = await load({ server, clients: 8, next });
        points.push({ x: size, y: serverUs + databaseUs });
        console.error(size, name, serverUs, databaseUs);
      }
    } finally {
      await server.stop();
    }
  }
  return series;
}
