// A backup of a server that is being written to, and the same people on another machine afterwards.
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hasCluster } from '#server/platform/postgres/cluster';
import { launchPostgres } from '#server/platform/postgres/launch';
import { doorTo } from '#tests/support/door';
import { MinimostClient, signUp } from '#tests/support/minimost-client';
import { freePort, type ServerProcess, startServer } from '#tests/support/server-process';

const run = promisify(execFile);
const running: ServerProcess[] = [];
let parent: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'parley-backup-'));
  // root's database runs as another user, who must be able to pass
  chmodSync(parent, 0o711);
});

afterEach(async () => {
  for (const server of running.splice(0)) {
    server.child.kill('SIGKILL');
    await server.ended;
  }
  for (const name of ['old', 'new', 'busy']) {
    const home = join(parent, name, 'postgres');
    if (hasCluster(home)) await (await launchPostgres({ home })).stop();
  }
  rmSync(parent, { recursive: true, force: true });
});

async function start(name: string): Promise<ServerProcess> {
  const environment = { PORT: String(await freePort()), DATA_DIR: join(parent, name), LOG_LEVEL: 'info' };
  const server = await startServer('bin/start.mjs', environment);
  running.push(server);
  return server;
}

/** What the command says; rejects with what it complains of. */
async function command(name: 'backup' | 'restore', dataDir: string, file: string): Promise<string> {
  const { DATABASE_URL: _, SETTINGS_FILE: __, ...environment } = process.env;
  const { stdout } = await run(process.execPath, [`bin/${name}.mjs`, file], {
    env: { ...environment, DATA_DIR: join(parent, dataDir) },
  });
  return stdout;
}

const texts = async (client: MinimostClient) =>
  (await client.messages('general')).map((row) => row.content as string);

it('what was acknowledged before a backup began is there after its restore, and people go on', async () => {
  const old = await start('old');
  const door = doorTo(old.baseUrl);
  const [ann, ben] = [await signUp(door, 'ann'), await signUp(door, 'ben')];
  const form = new FormData();
  form.append('text', 'a picture');
  form.append('files', new Blob([PIXEL], { type: 'image/png' }), 'pixel.png');
  await ann.postData('/send/general', form);
  for (let index = 0; index < 20; index++) await ben.say('general', `before ${index}`);
  const before = await texts(ann);

  let talking = true;
  const talk = (async () => {
    for (let index = 0; talking; index++) await ben.say('general', `meanwhile ${index}`);
  })();
  const file = join(parent, 'parley.tar.gz');
  expect(await command('backup', 'old', file)).toContain('rows and all files');
  talking = false;
  await talk;
  expect(statSync(file).mode & 0o077).toBe(0);
  const after = await texts(ann);
  await door.close();
  expect(await old.stop()).toBe(0);

  expect(await command('restore', 'new', file)).toContain('Restored');
  const fresh = await start('new');
  const newDoor = doorTo(fresh.baseUrl);
  // still signed in: the secret came along
  const again = new MinimostClient(newDoor, 'ann');
  again.cookie = ann.cookie;
  const restored = await texts(again);
  expect(restored.slice(0, before.length)).toEqual(before);
  expect(after.slice(0, restored.length)).toEqual(restored);
  const picture = (await again.messages('general')).find((row) => row.filename);
  expect((await again.get(`/files/${picture?.filename}`)).status).toBe(200);
  const next = await again.say('general', 'and on we go');
  expect((await texts(again)).at(-1)).toBe('and on we go');
  expect(next.id).toBeGreaterThan(
    Math.max(...(await again.messages('general')).slice(0, -1).map(({ id }) => id)),
  );
  await newDoor.close();
}, 240_000);

it('a restore touches nothing that is there already, and refuses what is no backup', async () => {
  mkdirSync(join(parent, 'busy'));
  writeFileSync(join(parent, 'busy', 'settings.json'), '{}');
  const file = join(parent, 'broken.tar.gz');
  writeFileSync(file, 'not an archive');
  await expect(command('restore', 'busy', file)).rejects.toThrow('holds an installation');
  await expect(command('restore', 'new', file)).rejects.toThrow('is not a backup');
  await expect(command('restore', 'new', join(parent, 'nothing'))).rejects.toThrow('There is no');
  expect(existsSync(join(parent, 'new', 'postgres'))).toBe(false);
}, 60_000);

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
