import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Whether a process of that number runs. A zombie that nobody reaps (containers without an init) counts as dead. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return procStat(pid)?.state !== 'Z';
}

/** When the process began, in a form only good for comparing; null where that cannot be known. */
export function startMark(pid: number): string | null {
  const stat = procStat(pid);
  if (stat) return stat.startTicks;
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

/** The program's name (`postgres`, `node`); null where that cannot be known. */
export function programName(pid: number): string | null {
  const stat = procStat(pid);
  if (stat) return stat.program;
  try {
    const path = execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return path.split('/').at(-1) || null;
  } catch {
    return null;
  }
}

/** proc(5): `pid (program) state …`, where the program's name may itself hold blanks and parentheses. */
function procStat(pid: number): { program: string; state: string; startTicks: string } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return {
      program: text.slice(text.indexOf('(') + 1, text.lastIndexOf(')')),
      state: fields[0] ?? '',
      startTicks: fields[19] ?? '',
    };
  } catch {
    return null;
  }
}
