import { closeAll } from '#server/platform/closers';
import { env } from '#server/platform/env';
import { log } from '#server/platform/log';
import { processSingleton } from '#server/platform/process-singleton';

/** A process manager waits ten seconds before it kills. */
const LIMIT_MS = 9_000;

const state = processSingleton('shutdown', () => ({ installed: false, began: false }));

/** From now on SIGTERM and SIGINT close what was registered with `onShutdown` and end the process with 0. */
export function stopOnSignals(): void {
  if (state.installed) return;
  state.installed = true;
  process.on('SIGTERM', () => {
    // `tsx watch` restarts the server at every change: nobody waits for goodbyes then
    if (env().NODE_ENV === 'development') process.exit(0);
    void stop('SIGTERM');
  });
  process.on('SIGINT', () => void stop('SIGINT'));
}

async function stop(signal: string): Promise<void> {
  // a terminal's Ctrl-C arrives twice under npm: from the terminal and from npm
  if (state.began) return;
  state.began = true;
  const began = performance.now();
  log.info({ signal }, 'stopping');
  setTimeout(() => process.exit(0), LIMIT_MS).unref();
  await closeAll((name, error) => log.error({ err: error, part: name }, 'did not close cleanly'));
  log.info({ ms: Math.round(performance.now() - began) }, 'stopped');
  process.exit(0);
}
