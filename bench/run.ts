// `npm run bench [-- workload …]`: how fast the built server is on this machine. Prints a table and, as the last
// line, the same as JSON. Compare figures of one run only: machines differ and are rarely alone.
import { cpus, loadavg } from 'node:os';
import { writeHistory } from './lib/history.ts';
import { type Person, signUp } from './lib/people.ts';
import { memoryMiB } from './lib/processes.ts';
import { type BenchServer, startServer, timeStarts } from './lib/server.ts';
import { withShares } from './lib/shares.ts';
import { round } from './lib/stats.ts';
import { fanOut } from './workloads/fan-out.ts';
import { limits } from './workloads/limits.ts';
import { mikrochat } from './workloads/mikrochat.ts';
import { page } from './workloads/page.ts';
import { reads } from './workloads/reads.ts';
import { sends } from './workloads/sends.ts';

export type Row = { workload: string; clients?: number } & Record<string, string | number>;

/** What a workload needs: where the server is, who is signed in, and where to report. */
export type Bench = {
  base: URL;
  server: BenchServer;
  people: Person[];
  report: (row: Row) => void;
};

const PEOPLE = 20;
const HISTORY = Number(process.env.BENCH_HISTORY ?? 100_000);
const WORKLOADS = { limits, page, sends, reads, 'fan-out': fanOut, mikrochat };

const asked = process.argv.slice(2);
const rows: Row[] = [];
const report = (row: Row) => {
  rows.push(row);
  console.error(Object.values(row).join('  '));
};

report({ workload: 'the machine before', cores: cpus().length, loadAverage: round(loadavg()[0] ?? 0) });
const server = await startServer();
try {
  const people: Person[] = [];
  for (let number = 0; number < PEOPLE; number++) people.push(await signUp(server.base, `bench${number}`));
  report({ workload: 'memory, idle', MiB: memoryMiB(server.pids) });
  report({ workload: 'history', messages: await writeHistory(server.databaseUrl, HISTORY) });
  for (const [name, workload] of Object.entries(WORKLOADS)) {
    if (asked.length === 0 || asked.includes(name))
      await workload({ base: server.base, server, people, report });
  }
  report({ workload: 'memory, after load', MiB: memoryMiB(server.pids) });
} finally {
  await server.stop();
}
if (asked.length === 0 || asked.includes('start')) {
  const { firstMs, againMs, memoryMiB: MiB } = await timeStarts(memoryMiB);
  report({ workload: 'start', firstMs, againMs, MiB });
}

const shown = withShares(rows);
console.table(
  Object.fromEntries(
    shown.map(({ workload, clients, ...row }) => [
      `${workload}${clients ? `, ${clients} clients` : ''}`,
      row,
    ]),
  ),
);
console.log(JSON.stringify(shown));
