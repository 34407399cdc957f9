// kill -9 under load, of the server and of its database: what was acknowledged is there once, in one order for
// every reader, and everybody goes on by themselves.
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasCluster } from '#server/platform/postgres/cluster';
import { launchPostgres } from '#server/platform/postgres/launch';
import { doorTo } from '#tests/support/door';
import { cursorOf, type MessageRow, type MinimostClient, signUp } from '#tests/support/minimost-client';
import { MinimostStream } from '#tests/support/minimost-stream';
import { freePort, type ServerProcess, startServer } from '#tests/support/server-process';
import { WebStream, webApp } from '#tests/support/web-app';

const KEYED = ['ann', 'ben', 'cat', 'dan'];
const KEYLESS = ['eve', 'fay', 'gus'];
/** How many acknowledged messages before the crash, and again after it. */
const ENOUGH = 150;
const RECOVERY_MS = 20_000;

let dataDir: string;
let server: ServerProcess;
let start: () => Promise<void>;

beforeEach(async () => {
  const parent = mkdtempSync(join(tmpdir(), 'parley-crash-'));
  // root's database runs as another user, who must be able to pass
  chmodSync(parent, 0o711);
  dataDir = join(parent, 'data');
  const environment = { PORT: String(await freePort()), DATA_DIR: dataDir, LOG_LEVEL: 'info' };
  start = async () => {
    server = await startServer('bin/start.mjs', environment);
  };
  await start();
});

afterEach(async () => {
  server.child.kill('SIGKILL');
  await server.ended;
  const home = join(dataDir, 'postgres');
  if (hasCluster(home)) await (await launchPostgres({ home })).stop();
  rmSync(join(dataDir, '..'), { recursive: true, force: true });
});

const CRASHES: Record<string, () => Promise<void>> = {
  async 'the server'() {
    server.child.kill('SIGKILL');
    await server.ended;
    await start();
    expect(server.output()).toContain('still running');
  },
  async 'its database'() {
    const pid = readFileSync(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0];
    process.kill(Number(pid), 'SIGKILL');
  },
  async 'both at once'() {
    const pid = readFileSync(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0];
    process.kill(Number(pid), 'SIGKILL');
    server.child.kill('SIGKILL');
    await server.ended;
    await start();
  },
};

describe.each(Object.keys(CRASHES))('when %s is killed under load', (victim) => {
  it('nothing acknowledged is lost or doubled, for any reader', async () => {
    const door = doorTo(server.baseUrl);
    const people = new Map<string, MinimostClient>();
    for (const name of [...KEYED, ...KEYLESS]) people.set(name, await signUp(door, name));
    const reader = people.get('ann') as MinimostClient;
    const general = await generalOf(reader);
    const { cursor } = await webApp(server.baseUrl, reader.cookie).session.bootstrap.query();
    const webStreams = ['ann', 'eve'].map(
      (name) => new WebStream(server.baseUrl, cookieOf(people, name), cursor),
    );
    const since = await reader.cursor('general');
    const minimostStreams = ['ben', 'fay'].map(
      (name) => new MinimostStream(server.baseUrl, cookieOf(people, name), 'general', since),
    );

    const load = { running: true, acknowledged: [] as string[], unknown: [] as string[] };
    const pollers = ['cat', 'gus'].map((name) => poll(people.get(name) as MinimostClient, since, load));
    const senders = [
      ...KEYED.map((name) => sendKeyed(server.baseUrl, cookieOf(people, name), name, general, load)),
      ...KEYLESS.map((name) => sendOnce(people.get(name) as MinimostClient, name, load)),
    ];
    await until(() => load.acknowledged.length >= ENOUGH);
    const killedAt = performance.now();
    await CRASHES[victim]?.();
    const before = load.acknowledged.length;
    await until(() => load.acknowledged.length > before);
    expect(performance.now() - killedAt, 'milliseconds until it works again').toBeLessThan(RECOVERY_MS);
    await until(() => load.acknowledged.length >= before + ENOUGH);
    load.running = false;
    await Promise.all(senders);

    const stored = await reader.messages('general', since);
    const texts = stored.map((row) => row.content as string);
    expect(new Set(texts).size, 'each stored once').toBe(texts.length);
    expect(load.acknowledged.filter((text) => !texts.includes(text))).toEqual([]);
    const explained = new Set([...load.acknowledged, ...load.unknown]);
    expect(texts.filter((text) => !explained.has(text))).toEqual([]);
    for (const name of people.keys()) expect(inOrderOfSending(texts, name)).toBe(true);

    for (const poller of pollers) expect(await poller).toEqual(stored);
    for (const stream of webStreams) {
      await until(() => stream.sent(general).length >= stored.length);
      expect(stream.sent(general).map(({ text }) => text)).toEqual(texts);
    }
    for (const stream of minimostStreams) {
      await until(() => stream.rows.length >= stored.length);
      expect(stream.rows).toEqual(stored);
    }
    for (const { follower } of [...webStreams, ...minimostStreams]) {
      expect(follower.ended).toBeNull();
      follower.close();
    }
    await door.close();
  }, 90_000);
});

type Load = { running: boolean; acknowledged: string[]; unknown: string[] };

/** As the web app: every message has a key, and is sent again under it until somebody answers. */
async function sendKeyed(baseUrl: string, cookie: string, name: string, conversationId: number, load: Load) {
  const app = webApp(baseUrl, cookie);
  for (let count = 0; load.running; count++) {
    const text = `${name} ${count}`;
    const attempt = () =>
      app.messages.send.mutate({ conversationId, entries: [{ text }], clientKey: text }).catch(() => null);
    while (!(await attempt())) await delay(50);
    load.acknowledged.push(text);
    await delay(5);
  }
}

/** As a program without keys: what got no answer, or a 5xx, is never sent again. */
async function sendOnce(client: MinimostClient, name: string, load: Load) {
  for (let count = 0; load.running; count++) {
    const text = `${name} ${count}`;
    const answer = await client.post('/send/general', { text }).catch(() => null);
    if (answer?.status === 200) load.acknowledged.push(text);
    else load.unknown.push(text);
    await delay(answer?.status === 200 ? 5 : 50);
  }
}

/** Asks for what is new, from the newest moment it has seen; ends when nothing more can come. */
async function poll(client: MinimostClient, since: number, load: Load): Promise<MessageRow[]> {
  const seen: MessageRow[] = [];
  for (let cursor = since; ; ) {
    const last = !load.running;
    const rows = await client.messages('general', cursor).catch(() => null);
    seen.push(...(rows ?? []));
    cursor = cursorOf(rows ?? [], cursor);
    if (last && rows?.length === 0) return seen;
    await delay(rows ? 5 : 50);
  }
}

async function generalOf(client: MinimostClient): Promise<number> {
  const conversations = await webApp(server.baseUrl, client.cookie).conversations.list.query();
  return conversations.find(({ name }) => name === 'general')?.id as number;
}

function cookieOf(people: Map<string, MinimostClient>, name: string): string {
  return people.get(name)?.cookie as string;
}

function inOrderOfSending(texts: readonly string[], name: string): boolean {
  const counts = texts
    .filter((text) => text.startsWith(`${name} `))
    .map((text) => Number(text.split(' ')[1]));
  return counts.every((count, index) => index === 0 || count > (counts[index - 1] as number));
}

async function until(holds: () => boolean): Promise<void> {
  await expect.poll(holds, { timeout: 40_000, interval: 20 }).toBe(true);
}
