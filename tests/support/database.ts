// Runs before every test file, so before anything of the server is imported: a database and a data folder of its
// own, cloned and thrown away. Ids start at 1 in every file.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, inject } from 'vitest';

const serverUrl = inject('postgresUrl');
const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`;
const dataDir = mkdtempSync(join(tmpdir(), 'parley-data-'));

await administer(`CREATE DATABASE ${name} TEMPLATE ${inject('templateDatabase')}`);

const url = new URL(serverUrl);
url.pathname = `/${name}`;
Object.assign(process.env, {
  NODE_ENV: 'test',
  DATABASE_URL: url.href,
  DATA_DIR: dataDir,
  LOG_LEVEL: 'silent',
});

// Nobody waits three seconds for a failed sign-in in a test unless the test is about that.
writeFileSync(
  join(dataDir, 'settings.json'),
  JSON.stringify({
    channels: ['general', 'software', 'firmware', 'systems', 'off-topic'],
    login_failure_delay_seconds: 0,
    session_secret: 'a secret that only tests use, long enough for a seal',
  }),
);

afterAll(async () => {
  const { pool } = await import('#server/platform/database');
  await pool.end();
  await administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  rmSync(dataDir, { recursive: true, force: true });
});

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
