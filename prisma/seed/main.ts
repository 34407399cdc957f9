// `npm run seed`: beside a running server or without one.
import { mkdirSync } from 'node:fs';
import { closeAll, onShutdown } from '#server/platform/closers';
import { env } from '#server/platform/env';
import { ensureDatabase } from '#server/platform/postgres/ensure-database';
import { createSettingsFile } from '#server/platform/settings';
import { openDatabase } from '#server/process/open-database';
import { generateClient } from '../../bin/steps/generate-client.mjs';
import { runPrisma } from '../../bin/steps/prisma.mjs';

process.env.LOG_LEVEL ??= 'warn';

try {
  await generateClient();
  mkdirSync(env().DATA_DIR, { recursive: true });
  createSettingsFile();
  await openDatabase();
  const url = env().DATABASE_URL as string;
  await ensureDatabase(url);
  await runPrisma(['migrate', 'deploy'], { DATABASE_URL: url });
  // only now: the pool takes its address from the environment when it is first loaded
  const { seed } = await import('./seed.ts');
  const { pool } = await import('#server/platform/database');
  onShutdown('database connections', () => pool.end());
  const { username, password } = await seed();
  console.log(`The database holds a team's week now. Sign in as ${username} with ${password}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await closeAll(() => {});
}
