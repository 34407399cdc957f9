import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { type Cluster, SUPERUSER } from '#server/platform/postgres/cluster';
import { isAlive, programName } from '#server/platform/processes';

/** A running postmaster. */
export type Postmaster = { pid: number; port: number };

const POLL_MS = 10;
/** crash recovery replays the log since the last checkpoint, which can take minutes on a slow disk */
const START_LIMIT_MS = 300_000;
const STOP_LIMIT_MS = 6_000;
const LOG_LIMIT_BYTES = 10 * 1024 * 1024;
/** below the range that systems take outgoing ports from, so that a restart finds its port free */
const PORTS = { first: 15_432, count: 14_000 };

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '128MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  max_wal_size: '2GB',
  random_page_cost: '1.1',
  jit: 'off',
  // two small cores are better spent on two queries than on two halves of one
  max_parallel_workers_per_gather: '0',
  timezone: 'UTC',
  idle_in_transaction_session_timeout: '60s',
  // what people write must not reach a log: neither failing statements nor the values in error details
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

const CRASH_MAY_LOSE = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** The postmaster that already serves this cluster: the survivor of a killed server. Null if there is none. */
export async function adoptPostmaster(cluster: Cluster): Promise<Postmaster | null> {
  for (let waited = 0; waited < START_LIMIT_MS; waited += POLL_MS) {
    const found = readPidFile(cluster);
    if (!found) return null;
    if (!isAlive(found.pid) || (programName(found.pid) ?? 'postgres') !== 'postgres') {
      // Postgres itself would refuse to start over the file of a zombie or of a number taken by another program.
      rmSync(pidFile(cluster), { force: true });
      return null;
    }
    if (found.ready && (await serves(cluster, found.port))) return { pid: found.pid, port: found.port };
    await delay(POLL_MS);
  }
  throw new Error(`A database process is running for ${cluster.data} but does not answer.`);
}

/** Starts the cluster and resolves when it takes connections. `port` is kept if it is free. */
export async function startPostmaster(cluster: Cluster, preferredPort?: number): Promise<Postmaster> {
  const deadline = performance.now() + START_LIMIT_MS;
  for (let port = preferredPort ?? (await freePort()); ; ) {
    const failure = await tryStart(cluster, port);
    if (typeof failure !== 'string') return failure;
    const portTaken = /could not bind|Address already in use/i.test(failure);
    // the backends of a postmaster that was killed hold its shared memory until they notice
    const leftovers = /shared memory block|lock file "postmaster.pid" already exists/i.test(failure);
    if ((!portTaken && !leftovers) || performance.now() > deadline) throw startFailure(cluster, failure);
    if (portTaken) port = await freePort();
    await delay(leftovers ? 100 : POLL_MS);
  }
}

/** Ends it: sessions are cut, everything committed is on disk. */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    for (let waited = 0; waited < STOP_LIMIT_MS; waited += POLL_MS) {
      if (!isAlive(pid)) return;
      await delay(POLL_MS);
    }
  }
}

/** A connection string for one database of a running cluster. */
export function urlOf(cluster: Cluster, port: number, database: string): string {
  return `postgresql://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}/${database}`;
}

async function tryStart(cluster: Cluster, port: number): Promise<Postmaster | string> {
  const log = join(cluster.home, 'postgres.log');
  rotate(log);
  const before = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  const child = spawnPostgres(cluster, port, log);
  let failure: string | null = null;
  child.once('exit', () => {
    failure ??= '';
  });
  child.once('error', (error) => {
    failure = error.message;
  });
  for (let waited = 0; waited < START_LIMIT_MS; waited += POLL_MS) {
    if (failure !== null) return failure || lastWords(log, before);
    const found = readPidFile(cluster);
    if (found?.ready && found.pid === child.pid) return { pid: found.pid, port };
    await delay(POLL_MS);
  }
  return 'it did not become ready';
}

function lastWords(log: string, from: number): string {
  return readFileSync(log, 'utf8').slice(from).trim() || 'it ended without a word';
}

function spawnPostgres(cluster: Cluster, port: number, log: string): ChildProcess {
  const settings = { ...SETTINGS, ...(cluster.durable ? {} : CRASH_MAY_LOSE), port: String(port) };
  const output = openSync(log, 'a', 0o600);
  const child = spawn(
    join(cluster.binaries.folder, 'postgres'),
    ['-D', cluster.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    // a process group of its own: Ctrl-C in a terminal reaches the server, which then stops the database in order
    { ...cluster.user, cwd: '/', detached: true, stdio: ['ignore', output, output] },
  );
  child.unref();
  closeSync(output);
  return child;
}

/** `postmaster.pid`: number, data directory, start time, port, socket directory, address, memory key, status. */
function readPidFile(cluster: Cluster): { pid: number; port: number; ready: boolean } | null {
  let lines: string[];
  try {
    lines = readFileSync(pidFile(cluster), 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' } : null;
}

const pidFile = (cluster: Cluster) => join(cluster.data, 'postmaster.pid');

/** The status in the file outlives a crash, so only an answer to our password proves that this is our database. */
async function serves(cluster: Cluster, port: number): Promise<boolean> {
  const client = new pg.Client({
    connectionString: urlOf(cluster, port, 'postgres'),
    connectionTimeoutMillis: 2_000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function freePort(): Promise<number> {
  for (;;) {
    const port = PORTS.first + Math.floor(Math.random() * PORTS.count);
    if (!(await answers(port)) && (await mayListen(port))) return port;
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

function mayListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

function rotate(log: string): void {
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT_BYTES) renameSync(log, `${log}.1`);
}

function startFailure(cluster: Cluster, output: string): Error {
  const hint = /no space left/i.test(output) ? 'The disk is full.\n' : '';
  const tail = output.split('\n').slice(-5).join('\n');
  return new Error(
    `The database did not start. ${hint}Its log is ${join(cluster.home, 'postgres.log')}:\n${tail}`,
  );
}
