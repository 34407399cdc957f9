// `npm start` as people meet it: on a fresh folder, again, on a taken port, with a database that is not there.

import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasCluster } from '#server/platform/postgres/cluster';
import { launchPostgres } from '#server/platform/postgres/launch';
import { isAlive } from '#server/platform/processes';
import { freePort, type ServerProcess, spawnServer, startServer } from '#tests/support/server-process';
import { openStream, signUp } from '#tests/support/web-client';

const START = 'bin/start.mjs';
const running: ServerProcess[] = [];
let dataDir: string;

beforeEach(() => {
  const parent = mkdtempSync(join(tmpdir(), 'parley-start-'));
  // root's database runs as another user, who must be able to pass
  chmodSync(parent, 0o711);
  dataDir = join(parent, 'data');
});

afterEach(async () => {
  for (const server of running.splice(0)) {
    server.child.kill('SIGKILL');
    await server.ended;
  }
  await stopLeftover();
  rmSync(join(dataDir, '..'), { recursive: true, force: true });
});

/** A test that killed its server has left the database running. */
async function stopLeftover(): Promise<void> {
  const home = join(dataDir, 'postgres');
  if (hasCluster(home)) await (await launchPostgres({ home })).stop();
}

async function environment(more: Record<string, string> = {}) {
  return { PORT: String(await freePort()), DATA_DIR: dataDir, LOG_LEVEL: 'info', ...more };
}

async function start(more?: Record<string, string>): Promise<ServerProcess> {
  const server = await startServer(START, await environment(more));
  running.push(server);
  return server;
}

/** What a start that must fail says, and that it fails. */
async function failure(more: Record<string, string>): Promise<string> {
  const server = spawnServer(START, await environment(more));
  running.push(server);
  expect(await server.ended).toBe(1);
  return server.output();
}

function postmasterPid(): number {
  return Number(readFileSync(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]);
}

describe('npm start', () => {
  it('makes a fresh folder into a running server, and finds everything again the next time', async () => {
    const first = await start();
    expect(first.output()).toMatch(/settings: .*\(new\)[\s\S]*migrations: applied/);
    expect(first.output()).toContain(`Parley is ready: ${first.baseUrl}`);
    const alice = await signUp(first.baseUrl, 'alice');
    expect(statSync(join(dataDir, 'session_secret')).mode & 0o777).toBe(0o600);
    expect(await first.stop()).toBe(0);

    const second = await start();
    expect(second.output()).toContain('migrations: up to date');
    const answer = await fetch(`${second.baseUrl}/channels`, { headers: { cookie: alice.cookie } });
    expect(await answer.json()).toHaveLength(5);
  });

  it('says that the port is taken before it does anything else', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    expect(await failure({ PORT: String(port) })).toContain(`Port ${port} on 127.0.0.1 is taken`);
    expect(existsSync(dataDir)).toBe(false);
    other.close();
  });

  it('names a database that nobody answers for, without the password', async () => {
    const said = await failure({ DATABASE_URL: 'postgresql://ann:hunter2@127.0.0.1:9/parley' });
    expect(said).toContain('No database answers on 127.0.0.1:9');
    expect(said).not.toContain('hunter2');
  });

  it('names a data folder that cannot be one, settings that cannot be read, variables that make no sense', async () => {
    const file = join(dataDir, '..', 'file');
    writeFileSync(file, '');
    expect(await failure({ DATA_DIR: join(file, 'data') })).toContain('a part of its path is a file');
    const settings = join(dataDir, '..', 'settings.json');
    writeFileSync(settings, '{ "channels": ');
    expect(await failure({ SETTINGS_FILE: settings })).toContain(`${settings} is not valid JSON`);
    expect(await failure({ PORT: 'ninety' })).toMatch(/The environment is not usable:\s+PORT/);
  });

  it('refuses to let anybody in as anybody', async () => {
    const settings = join(dataDir, '..', 'settings.json');
    writeFileSync(settings, '{ "auth": { "authMode": "dev" } }');
    expect(await failure({ SETTINGS_FILE: settings })).toContain('auth.authMode is "dev"');
  });

  it('refuses a data folder that another server uses', async () => {
    await start();
    expect(await failure({})).toContain('already uses');
  });
});

describe('a running server', () => {
  it('answers an offer to upgrade as the plain request it also is', async () => {
    const server = await start();
    const offer = { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAMAAABk' };
    const [answer] = await once(get(`${server.baseUrl}/channels`, { headers: offer }), 'response');
    answer.resume();
    expect([answer.statusCode, answer.headers.location]).toEqual([302, '/login']);
  });

  it('stops within ten seconds, telling open streams to come back, and takes its database along', async () => {
    const server = await start();
    const database = postmasterPid();
    const alice = await signUp(server.baseUrl, 'alice');
    const stream = await openStream(server.baseUrl, alice);
    const began = Date.now();
    expect(await server.stop()).toBe(0);
    expect(Date.now() - began).toBeLessThan(10_000);
    expect(await stream.rest()).toContain('retry: ');
    expect(isAlive(database)).toBe(false);
  });

  it('can be started again after a kill -9, on the database that went on without it', async () => {
    const first = await start();
    const database = postmasterPid();
    const alice = await signUp(first.baseUrl, 'alice');
    await alice.send('general', 'before the kill');
    first.child.kill('SIGKILL');
    await first.ended;
    expect(isAlive(database)).toBe(true);

    const second = await start();
    expect(second.output()).toContain('still running');
    expect(postmasterPid()).toBe(database);
    expect(await alice.at(second.baseUrl).texts('general')).toContain('before the kill');
  });

  it('answers 503 with Retry-After and stays up when its database is gone for good', async () => {
    const server = await start();
    const alice = await signUp(server.baseUrl, 'alice');
    const control = join(dataDir, 'postgres/cluster/global/pg_control');
    const healthy = readFileSync(control);
    chmodSync(control, 0o600);
    writeFileSync(control, 'no database starts with this');
    process.kill(postmasterPid(), 'SIGKILL');
    const answer = await fetch(`${server.baseUrl}/channels`, { headers: { cookie: alice.cookie } });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    const call = await fetch(`${server.baseUrl}/api/trpc/session.bootstrap`, {
      headers: { cookie: alice.cookie },
    });
    expect([call.status, call.headers.get('retry-after')]).toEqual([503, '1']);
    const page = await fetch(`${server.baseUrl}/chat/general`, {
      headers: { cookie: alice.cookie },
      redirect: 'manual',
    });
    expect(page.status).toBe(503);
    expect((await fetch(`${server.baseUrl}/health/ready`)).status).toBe(503);
    expect((await fetch(`${server.baseUrl}/health/live`)).status).toBe(200);
    writeFileSync(control, healthy);
    await expect
      .poll(async () => (await fetch(`${server.baseUrl}/health/ready`)).status, { timeout: 20_000 })
      .toBe(200);
  });
});
