import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isAlive, startMark } from '#server/platform/processes';

/** Held while one process owns a folder; released by `release`, or by the death of the process. */
export type InstanceLock = { release(): void };

/**
 * Marks a folder as in use by this process. Throws if another living process has it. The holder is named by its
 * number and its start, because numbers are given out again.
 */
export function lockInstance(file: string, folder: string): InstanceLock {
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(file, `${process.pid} ${startMark(process.pid) ?? '?'}\n`, { flag: 'wx' });
      return { release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 3) throw error;
    }
    const holder = holderOf(file);
    if (holder) {
      throw new Error(
        `Another Parley (process ${holder}) already uses ${folder}.\n` +
          'Stop it first, or start this one with another DATA_DIR and PORT.',
      );
    }
    rmSync(file, { force: true });
  }
}

function holderOf(file: string): number | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return null;
  }
  const [pid, mark] = text.trim().split(/ (.*)/);
  if (!Number(pid) || Number(pid) === process.pid || !isAlive(Number(pid))) return null;
  return mark === '?' || startMark(Number(pid)) === mark ? Number(pid) : null;
}
