// Several processes on one port: what one is told the others know, and one that is killed is replaced without anybody
// losing anything that was acknowledged.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hasCluster } from '#server/platform/postgres/cluster';
import { launchPostgres } from '#server/platform/postgres/launch';
import { doorTo } from '#tests/support/door';
import { type MinimostClient, signUp } from '#tests/support/minimost-client';
import { freePort, type ServerProcess, startServer } from '#tests/support/server-process';
import { WebStream, webApp } from '#tests/support/web-app';

let dataDir: string;
let server: ServerProcess;

beforeEach(async () => {
  const parent = mkdtempSync(join(tmpdir(), 'parley-workers-'));
  // root's database runs as another user, who must be able to pass
  chmodSync(parent, 0o711);
  dataDir = join(parent, 'data');
  server = await startServer('bin/start.mjs', {
    PORT: String(await freePort()),
    DATA_DIR: dataDir,
    WEB_CONCURRENCY: '2',
    LOG_LEVEL: 'info',
  });
});

afterEach(async () => {
  server.child.kill('SIGKILL');
  await server.ended;
  const home = join(dataDir, 'postgres');
  if (hasCluster(home)) await (await launchPostgres({ home })).stop();
  rmSync(join(dataDir, '..'), { recursive: true, force: true });
});

/** Those that have said that they listen and still run. */
function workers(): number[] {
  const lines = server
    .output()
    .split('\n')
    .filter((line) => line.includes('"msg":"listening"'));
  return lines.map((line) => (JSON.parse(line) as { pid: number }).pid).filter(runs);
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error('it did not come to be');
    await delay(20);
  }
}

it('streams in both hear everything once and in order, also while one is killed and replaced', async () => {
  await until(() => workers().length === 2);
  const door = doorTo(server.baseUrl);
  const [ann, ben] = [await signUp(door, 'ann'), await signUp(door, 'ben')];
  const app = webApp(server.baseUrl, ann.cookie);
  const { conversations, cursor } = await app.session.bootstrap.query();
  const general = conversations.find(({ name }) => name === 'general')?.id as number;
  // connections are dealt out in turn: six reach both
  const streams = Array.from({ length: 6 }, () => new WebStream(server.baseUrl, ann.cookie, cursor));

  const acknowledged: string[] = [];
  const send = async (from: number, to: number) => {
    for (let index = from; index < to; index++) await sendOnce(ben, `line ${index}`, acknowledged);
  };
  await send(0, 30);
  const [victim] = workers();
  process.kill(victim as number, 'SIGKILL');
  await send(30, 60);
  await until(() => workers().length === 2 && !workers().includes(victim as number));
  await send(60, 90);

  const stored = (await ann.messages('general')).map((row) => row.content as string);
  const lines = stored.filter((text) => text.startsWith('line '));
  expect(new Set(lines).size).toBe(lines.length);
  expect(acknowledged.filter((text) => !lines.includes(text))).toEqual([]);
  for (const stream of streams) {
    const heard = () => stream.sent(general).flatMap(({ text }) => (text?.startsWith('line ') ? [text] : []));
    await until(() => heard().length >= lines.length);
    expect(heard()).toEqual(lines);
    stream.follower.close();
  }
  expect(await server.stop()).toBe(0);
  expect(workers()).toEqual([]);
  await door.close();
}, 120_000);

/** A send whose connection is cut may have been stored or not: it is not repeated, and not acknowledged. */
async function sendOnce(client: MinimostClient, text: string, acknowledged: string[]): Promise<void> {
  const answer = await client.post('/send/general', { text }).catch(() => null);
  if (answer?.status === 200) acknowledged.push(text);
  else await delay(50);
}

it('they stop with the process that started them', async () => {
  await until(() => workers().length === 2);
  const pids = workers();
  server.child.kill('SIGKILL');
  await until(() => pids.every((pid) => !runs(pid)));
}, 60_000);

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
