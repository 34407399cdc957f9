// Runs before every test file, so before anything of the server is imported: a database and a data folder of its
// own, cloned and thrown away. Ids start at 1 in every file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, inject } from 'vitest';
import { cloneTemplate, dropDatabase } from '#tests/support/clone-template';
import { writeTestSettings } from '#tests/support/server-process';

const serverUrl = inject('postgresUrl');
const databaseUrl = await cloneTemplate(serverUrl);
const dataDir = mkdtempSync(join(tmpdir(), 'parley-data-'));

Object.assign(process.env, {
  NODE_ENV: 'test',
  DATABASE_URL: databaseUrl,
  DATA_DIR: dataDir,
  LOG_LEVEL: 'silent',
});
writeTestSettings(dataDir);

afterAll(async () => {
  const { pool } = await import('#server/platform/database');
  await pool.end();
  await dropDatabase(serverUrl, databaseUrl);
  rmSync(dataDir, { recursive: true, force: true });
});
