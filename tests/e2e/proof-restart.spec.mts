// The server goes away under two open pages and comes back: they catch up exactly, by themselves.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, type ServerProcess, startServer } from '../support/server-process.ts';
import { test as base, expect } from './fixtures.ts';
import { openDirect } from './places.ts';

type OwnServer = { baseUrl: string; stop: () => Promise<void>; start: () => Promise<void> };

/** A server of the test's own, with its database. */
const test = base.extend<{ server: OwnServer }>({
  server: async ({ browserName: _ }, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'parley-e2e-restart-'));
    writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ rate_limit_enabled: false }));
    const environment = { PORT: String(await freePort()), DATA_DIR: dataDir, LOG_LEVEL: 'warn' };
    let running: ServerProcess = await startServer('bin/start.mjs', environment);
    const stop = async () => {
      await running.stop();
    };
    const start = async () => {
      running = await startServer('bin/start.mjs', environment);
    };
    await use({ baseUrl: running.baseUrl, stop, start });
    await stop();
    rmSync(dataDir, { recursive: true, force: true });
  },
  baseURL: async ({ server }, use) => use(server.baseUrl),
});

test('a restarted server is caught up with: nothing missing, nothing twice', async ({
  server,
  person,
  expectConsole,
}) => {
  expectConsole(/Failed to load resource|ERR_|Failed to fetch/);
  const [ann, ben] = [await person('ann'), await person('ben')];
  const [annSide, benSide] = await openDirect(ann, ben);
  await annSide.say('before');
  await expect(benSide.message('before')).toBeVisible();

  await server.stop();
  await expect(ann.page.getByRole('status').filter({ hasText: 'Reconnecting' })).toBeVisible();
  for (const text of ['one', 'two', 'three']) await annSide.say(`from ann: ${text}`);
  for (const text of ['one', 'two']) await benSide.say(`from ben: ${text}`);
  await expect(annSide.message('from ann: three').getByTitle(/Waiting|Sending/)).toBeVisible();
  await server.start();

  for (const side of [annSide, benSide]) {
    for (const text of ['before', 'from ann: one', 'from ann: two', 'from ann: three']) {
      await expect(side.message(text)).toHaveCount(1);
    }
    for (const text of ['from ben: one', 'from ben: two']) await expect(side.message(text)).toHaveCount(1);
  }
  const order = async (side: typeof annSide) =>
    (await side.log.getByRole('article').allInnerTexts()).map((text) => /(before|from .*)/.exec(text)?.[1]);
  await expect(annSide.log.getByTitle(/Waiting|Sending/)).toHaveCount(0);
  expect(await order(annSide)).toEqual(await order(benSide));
  const ofAnn = (await order(benSide)).filter((text) => text?.startsWith('from ann'));
  expect(ofAnn).toEqual(['from ann: one', 'from ann: two', 'from ann: three']);

  await benSide.say('live again');
  await expect(annSide.message('live again')).toHaveCount(1);
  await expect(ann.page.getByRole('status').filter({ hasText: 'Reconnecting' })).toBeHidden();
});
