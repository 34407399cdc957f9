import { Connection } from './connection.ts';
import type { BenchServer } from './server.ts';
import { median, round, sleep, summarize } from './stats.ts';

/** Latencies in milliseconds; CPU time per answered request, which other work on the machine changes least. */
export type LoadResult = {
  perSecond: number;
  p50: number;
  p99: number;
  serverUs: number;
  databaseUs: number;
  errors: number;
};

export type Load = {
  server: Pick<BenchServer, 'base' | 'cpu'>;
  /** connections, each with one request in flight */
  clients: number;
  /** the next request of a client */
  next: (client: number, turn: number) => Buffer;
  windows?: number;
  seconds?: number;
};

/** A closed loop: every client sends its next request when the last was answered. Medians of several windows. */
export async function load({ server, clients, next, windows = 3, seconds = 3 }: Load): Promise<LoadResult> {
  let latencies: number[] | null = null;
  let errors = 0;
  let running = true;
  const worker = async (client: number) => {
    const connection = new Connection(server.base);
    for (let turn = 0; running; turn++) {
      const started = performance.now();
      try {
        const { status } = await connection.send(next(client, turn));
        if (status >= 400 || status === 302) errors += 1;
        else latencies?.push(performance.now() - started);
      } catch {
        errors += 1;
        await sleep(5);
      }
    }
    connection.close();
  };
  const workers = Array.from({ length: clients }, (_, client) => worker(client));
  await sleep(1_000);
  errors = 0;
  const results = [];
  const before = server.cpu();
  let answered = 0;
  for (let window = 0; window < windows; window++) {
    latencies = [];
    const started = performance.now();
    await sleep(seconds * 1_000);
    const elapsed = (performance.now() - started) / 1_000;
    const summary = summarize(latencies);
    answered += summary.count;
    results.push({ perSecond: summary.count / elapsed, p50: summary.p50, p99: summary.p99 });
  }
  const after = server.cpu();
  running = false;
  await Promise.all(workers);
  return {
    perSecond: round(median(results.map((result) => result.perSecond)), 0),
    p50: median(results.map((result) => result.p50)),
    p99: median(results.map((result) => result.p99)),
    serverUs: round((after.server - before.server) / answered, 0),
    databaseUs: round((after.database - before.database) / answered, 0),
    errors,
  };
}
