import { processSingleton } from '#server/platform/process-singleton';

type Closer = { name: string; close: () => unknown };

const closers = processSingleton<Closer[]>('closers', () => []);

/** Registers what has to be closed when the process stops. What was opened last is closed first. */
export function onShutdown(name: string, close: () => unknown): void {
  closers.push({ name, close });
}

/** Closes everything registered so far, one after the other; one that fails does not keep the others open. */
export async function closeAll(report: (name: string, error: unknown) => void): Promise<void> {
  for (let closer = closers.pop(); closer; closer = closers.pop()) {
    try {
      await closer.close();
    } catch (error) {
      report(closer.name, error);
    }
  }
}
