import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onShutdown } from '#server/platform/closers';
import { env } from '#server/platform/env';
import { log } from '#server/platform/log';

/** A worker that can't stay up is started again, but not in a tight circle. */
const RESTART_MS = 1_000;

/** Serves from as many processes as WEB_CONCURRENCY asks for; alone, this one is it. Returns the address. */
export async function startProcesses(): Promise<string> {
  const { WEB_CONCURRENCY: count } = env();
  if (count > 1) return startWorkers(count);
  // its name is a path here, so that it stays a file of its own that workers can run
  const main = new URL('./main.js', import.meta.url).href;
  const { address } = (await import(main)) as { address: string };
  return address;
}

/**
 * Serves from several processes that share one port, each of them `server/main.ts`; whoever dies is replaced. The
 * first is ready before the others begin, because it brings the database into shape for all. Returns the address.
 */
async function startWorkers(count: number): Promise<string> {
  cluster.setupPrimary({
    exec: fileURLToPath(new URL('./main.js', import.meta.url)),
    execArgv: ['--enable-source-maps'],
  });
  let stopping = false;
  onShutdown('workers', () => {
    stopping = true;
    return stopAll();
  });
  cluster.on('exit', async (worker, code, signal) => {
    if (stopping) return;
    log.error({ worker: worker.process.pid, code, signal }, 'a worker died, starting another');
    await delay(RESTART_MS);
    if (!stopping) cluster.fork();
  });
  await listening(cluster.fork());
  await Promise.all(Array.from({ length: count - 1 }, () => listening(cluster.fork())));
  const { HOST, PORT } = env();
  return `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`;
}

/** Resolves when the worker takes connections; rejects when it ends before. */
async function listening(worker: Worker): Promise<void> {
  const started = new AbortController();
  const { signal } = started;
  try {
    await Promise.race([
      once(worker, 'listening', { signal }),
      once(worker, 'exit', { signal }).then(() => {
        throw new Error('a worker ended before it served');
      }),
    ]);
  } finally {
    started.abort();
  }
}

/** Each finishes what it has begun, as a single process would. */
async function stopAll(): Promise<void> {
  const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
  await Promise.all(
    workers.map(async (worker) => {
      const ended = once(worker, 'exit');
      worker.process.kill('SIGTERM');
      await ended;
    }),
  );
}
