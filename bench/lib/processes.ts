// Memory of a process and its children, from /proc: Linux only, empty elsewhere.
import { readdirSync, readFileSync } from 'node:fs';

/** Proportional set size in MiB of these processes and all their children: shared pages are counted once. */
export function memoryMiB(roots: number[]): number {
  let kib = 0;
  for (const pid of withChildren(roots)) {
    try {
      kib += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      // gone since the listing
    }
  }
  return Math.round(kib / 1024);
}

export function withChildren(roots: number[]): Set<number> {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      // gone since the listing
    }
  }
  const found = new Set<number>();
  const queue = [...roots];
  for (let pid = queue.pop(); pid !== undefined; pid = queue.pop()) {
    if (found.has(pid)) continue;
    found.add(pid);
    queue.push(...(children.get(pid) ?? []));
  }
  return found;
}
