import { firstLineOf } from '../lib/child.ts';
import { encodeRequest } from '../lib/connection.ts';
import { cpuMicroseconds } from '../lib/cpu.ts';
import { deliver } from '../lib/deliver.ts';
import { load } from '../lib/load.ts';
import type { Bench } from '../run.ts';

/**
 * What the machine itself allows, measured in the same run with nothing of Parley's in between: node:http with ready
 * answers and streams, Postgres with one insert a commit, with many, and with an index read. On the server's core.
 */
export async function limits({ server, report }: Bench): Promise<void> {
  const { child, line } = await firstLineOf('bare-server.ts');
  const base = new URL(`http://127.0.0.1:${line}`);
  const bare = { base, cpu: () => ({ server: cpuMicroseconds(child.pid as number), database: 0 }) };
  for (const [name, path] of [
    ['tiny answers', '/tiny'],
    ['pages', '/page'],
  ] as const) {
    const request = encodeRequest(base, { path, headers: {} });
    const result = await load({ server: bare, clients: 16, next: () => request });
    report({ workload: `limit: node:http, ${name}`, clients: 16, ...result });
  }
  const { deliveriesPerSecond: _, ...streamed } = await deliver({
    base,
    people: [{ name: 'nobody', headers: {} }],
    subscribers: 1_000,
    perSecond: 20,
    seconds: 6,
    streamPath: () => '/events',
    send: (_person, text) => encodeRequest(base, { method: 'POST', path: '/', headers: {}, body: text }),
  });
  report({ workload: 'limit: node:http, streams at 20/s', clients: 1_000, ...streamed });
  child.kill();

  const raw = await firstLineOf('raw-queries.ts', { DATABASE_URL: server.databaseUrl });
  const rates = JSON.parse(raw.line) as { insert: number; insertBatched: number; latest: number };
  report({ workload: 'limit: Postgres, one insert a commit', clients: 16, perSecond: rates.insert });
  report({ workload: 'limit: Postgres, 50 inserts a commit', clients: 2, perSecond: rates.insertBatched });
  report({ workload: 'limit: Postgres, latest 50 by index', clients: 16, perSecond: rates.latest });
}
