import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { launchPostgres, type OwnPostgres } from '#server/platform/postgres/launch';
import { isAlive } from '#server/platform/processes';

let home: string;
const running: OwnPostgres[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'parley-launch-'));
  // root's database runs as another user, who must be able to pass
  chmodSync(home, 0o711);
});

afterEach(async () => {
  for (const postgres of running.splice(0)) await postgres.stop();
  rmSync(home, { recursive: true, force: true });
});

async function launch(folder = home, durable = false): Promise<OwnPostgres> {
  const postgres = await launchPostgres({ home: folder, durable });
  running.push(postgres);
  return postgres;
}

async function ask(url: string, question: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(question)).rows;
  } finally {
    await client.end();
  }
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('it did not happen');
    await delay(20);
  }
}

describe('our own Postgres', () => {
  it('lets nobody in without the generated password, which only its owner can read', async () => {
    const postgres = await launch();
    expect(statSync(join(home, 'password')).mode & 0o777).toBe(0o600);
    const wrong = new URL(postgres.url('postgres'));
    wrong.password = 'guess';
    await expect(ask(wrong.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
    expect(await ask(postgres.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('is adopted while it runs on after its server was killed', async () => {
    const first = await launch();
    const second = await launch();
    expect(second).toMatchObject({ adopted: true, pid: first.pid, port: first.port });
  });

  it('recovers what was committed before its own process was killed', async () => {
    const first = await launch(home, true);
    await ask(first.url('postgres'), 'CREATE TABLE kept AS SELECT 42 AS answer');
    process.kill(first.pid, 'SIGKILL');
    const second = await launch(home, true);
    expect(second.adopted).toBe(false);
    expect(await ask(second.url('postgres'), 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('starts although a stale process file names a process of another program', async () => {
    const first = await launch();
    const file = join(home, 'cluster/postmaster.pid');
    const lines = readFileSync(file, 'utf8').split('\n');
    await first.stop();
    writeFileSync(file, [String(process.pid), ...lines.slice(1)].join('\n'));
    const second = await launch();
    expect(second.adopted).toBe(false);
    expect(await ask(second.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('is started again on the same port when it dies under a running server', async () => {
    const postgres = await launch();
    const { port, pid } = postgres;
    const told: string[] = [];
    postgres.supervise((event) => told.push(event.kind));
    process.kill(pid, 'SIGKILL');
    await until(() => told.includes('restarted'));
    expect(told).toEqual(['died', 'restarted']);
    expect(postgres.port).toBe(port);
    expect(postgres.pid).not.toBe(pid);
    expect(await ask(postgres.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('runs beside another one in another folder', async () => {
    const [one, other] = await Promise.all([launch(join(home, 'one')), launch(join(home, 'other'))]);
    expect(one.port).not.toBe(other.port);
  });

  it('refuses a folder that another living process uses, and takes it from a dead one', async () => {
    const postgres = await launch();
    await postgres.stop();
    writeFileSync(join(home, 'parley.pid'), '1 ?\n');
    await expect(launch()).rejects.toThrow(/Another Parley \(process 1\) already uses/);
    writeFileSync(join(home, 'parley.pid'), '1 began at another time\n');
    await expect(launch()).resolves.toMatchObject({ adopted: false });
  });

  it('leaves nothing running and no lock behind when it is stopped', async () => {
    const postgres = await launch();
    await postgres.stop();
    expect(isAlive(postgres.pid)).toBe(false);
    expect(existsSync(join(home, 'parley.pid'))).toBe(false);
  });
});
