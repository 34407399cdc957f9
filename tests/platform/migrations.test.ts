import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import pg from 'pg';
import { expect, inject, it } from 'vitest';
import { pendingMigrations } from '#server/platform/migrations';
import { administer } from '#tests/support/clone-template';
import { runPrisma } from '../../bin/steps/prisma.mjs';

const LIMIT_MS = 60_000;

function emptyDatabase(name: string): string {
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  return url.href;
}

it(
  'Prisma builds the database from the migrations, and finds it equal to the schema',
  async () => {
    const DATABASE_URL = emptyDatabase('migrated_by_prisma');
    await runPrisma(['migrate', 'deploy'], { DATABASE_URL });
    expect(await pendingMigrations(DATABASE_URL, 'prisma/migrations')).toEqual([]);
    const difference = ['migrate', 'diff', '--from-config-datasource', '--to-schema', 'prisma/schema'];
    await runPrisma([...difference, '--exit-code'], { DATABASE_URL });
  },
  LIMIT_MS,
);

it('a database without a history has every migration before it', async () => {
  await administer(inject('postgresUrl'), 'CREATE DATABASE without_history');
  const pending = await pendingMigrations(emptyDatabase('without_history'), 'prisma/migrations');
  expect(pending[0]).toBe('0001_foundation');
});

it(
  'a migration that fails leaves a message that names it, and nothing applied by halves',
  async () => {
    const DATABASE_URL = emptyDatabase('already_taken');
    await administer(inject('postgresUrl'), 'CREATE DATABASE already_taken');
    // the third table of the first migration is there already
    await administer(DATABASE_URL, 'CREATE TABLE presence ()');
    await expect(runPrisma(['migrate', 'deploy'], { DATABASE_URL })).rejects.toThrow(/P3005|0001_foundation/);
    const client = new pg.Client({ connectionString: DATABASE_URL });
    await client.connect();
    const { rows } = await client.query(`SELECT to_regclass('account') AS account`);
    await client.end();
    expect(rows).toEqual([{ account: null }]);
  },
  LIMIT_MS,
);

it('the engine from npm is the one that this Prisma expects', () => {
  const require = createRequire(import.meta.url);
  const versionOf = (name: string) =>
    JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8')).version as string;
  const engine = JSON.parse(readFileSync('package.json', 'utf8')).dependencies['@prisma/schema-engine-wasm'];
  expect(engine.split('-')[0]).toBe(versionOf('prisma'));
});
