// CPU time of processes, from /proc: Linux only, zero elsewhere.
import { readFileSync } from 'node:fs';
import { withChildren } from './processes.ts';

/** `_SC_CLK_TCK`: 100 on every Linux that Node runs on. */
const MICROSECONDS_PER_TICK = 10_000;

/** CPU time so far, user and system, in microseconds, of a process and (`children`) of all it has started. */
export function cpuMicroseconds(pid: number, { children = false } = {}): number {
  let ticks = 0;
  for (const one of children ? withChildren([pid]) : [pid]) {
    try {
      const stat = readFileSync(`/proc/${one}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      ticks += Number(fields[11]) + Number(fields[12]);
      // of children that have ended
      if (children) ticks += Number(fields[13]) + Number(fields[14]);
    } catch {
      // gone since the listing
    }
  }
  return ticks * MICROSECONDS_PER_TICK;
}
