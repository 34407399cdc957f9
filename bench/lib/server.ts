import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchPostgres } from '#server/platform/postgres/launch';
import { pinToServerCore } from './child.ts';
import { cpuMicroseconds } from './cpu.ts';
import { sleep } from './stats.ts';

const START_LIMIT_MS = 300_000;
/** to look closer: BENCH_NODE_ARGS="--cpu-prof --cpu-prof-dir=profiles" */
const NODE_ARGS = (process.env.BENCH_NODE_ARGS ?? '').split(' ').filter(Boolean);
const ROOT = join(import.meta.dirname, '../..');

/** A built server on a database of its own: the server's threads on one core, everything else on the others. */
export type BenchServer = {
  base: URL;
  databaseUrl: string;
  /** the server's process and its Postgres */
  pids: number[];
  /** their CPU time so far, in microseconds */
  cpu: () => { server: number; database: number };
  stop: () => Promise<void>;
};

export async function startServer(): Promise<BenchServer> {
  const folder = makeDataFolder();
  const postgres = await launchPostgres({ home: join(folder, 'postgres') });
  const databaseUrl = postgres.url('parley');
  const server = await run(folder, { DATABASE_URL: databaseUrl });
  const pid = server.child.pid as number;
  pinToServerCore(pid);
  return {
    base: server.base,
    databaseUrl,
    pids: [pid, postgres.pid],
    cpu: () => ({
      server: cpuMicroseconds(pid),
      database: cpuMicroseconds(postgres.pid, { children: true }),
    }),
    stop: async () => {
      await server.stop();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * How long `npm start`'s program takes to its first answer, in milliseconds, when everything is built: on an empty
 * data folder, then again on the same one; with the memory of both processes right after.
 */
export async function timeStarts(memory: (pids: number[]) => number) {
  const folder = makeDataFolder();
  const first = await run(folder, {});
  await first.stop();
  const second = await run(folder, {});
  const memoryMiB = memory([second.child.pid as number]);
  await second.stop();
  rmSync(folder, { recursive: true, force: true });
  return { firstMs: first.readyMs, againMs: second.readyMs, memoryMiB };
}

function makeDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  writeFileSync(
    join(folder, 'settings.json'),
    JSON.stringify({
      channels: ['general', 'software', 'firmware', 'systems', 'off-topic'],
      rate_limit_enabled: false,
      server: { rateLimit: { enabled: false } },
    }),
  );
  return folder;
}

async function run(folder: string, environment: Record<string, string>) {
  const port = await freePort();
  const base = new URL(`http://127.0.0.1:${port}`);
  const started = performance.now();
  const child = spawn('node', [...NODE_ARGS, 'bin/start.mjs'], {
    cwd: ROOT,
    env: { ...process.env, DATA_DIR: folder, PORT: String(port), LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await untilReady(child, base, started);
  return { child, base, readyMs: Math.round(performance.now() - started), stop: () => stop(child) };
}

async function untilReady(child: ChildProcess, base: URL, started: number): Promise<void> {
  while (performance.now() - started < START_LIMIT_MS) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    const ready = await fetch(new URL('/health/ready', base)).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    await sleep(10);
  }
  throw new Error('the server did not get ready');
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
