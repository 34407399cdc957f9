import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const LIMITS = join(import.meta.dirname, '../limits');

/** Starts a program of bench/limits on the server's core, and resolves with the first line it prints. */
export async function firstLineOf(
  script: string,
  environment: Record<string, string> = {},
): Promise<{ child: ChildProcess; line: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(LIMITS, script)], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  pinToServerCore(child.pid as number);
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const [line] = (await once(lines, 'line')) as [string];
  return { child, line };
}

/** All threads on the first core, where the system has `taskset`; elsewhere nothing happens. */
export function pinToServerCore(pid: number): void {
  spawn('taskset', ['-a', '-c', '-p', '0', String(pid)], { stdio: 'ignore' }).on('error', () => {});
}
