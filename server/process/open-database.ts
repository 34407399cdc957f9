import { onShutdown } from '#server/platform/closers';
import { env, provideDatabase } from '#server/platform/env';
import { launchPostgres, urlOfRunning } from '#server/platform/postgres/launch';
import { DATABASE_NAME, postgresHome } from '#server/platform/postgres/own-database';

/**
 * Reaches the database from a command beside a running server, or starts it without one: then it stops again with
 * the other closers. What needs the pool must be imported only afterwards.
 */
export async function openDatabase(): Promise<void> {
  if (env().DATABASE_URL) return;
  const home = postgresHome();
  const running = await urlOfRunning(home, DATABASE_NAME);
  if (running) return provideDatabase(running);
  const postgres = await launchPostgres({ home });
  onShutdown('database', () => postgres.stop());
  provideDatabase(postgres.url(DATABASE_NAME));
}
