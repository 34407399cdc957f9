// Once per run of vitest (in watch mode: once per session): a throw-away Postgres with one migrated template, from
// which every test file gets its own copy.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { launchPostgres } from '#server/platform/postgres/launch';
import { isAlive } from '#server/platform/processes';
import { administer, TEMPLATE } from '#tests/support/clone-template';
import { generateClient } from '../../bin/steps/generate-client.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** connection string of the throw-away server's `postgres` database */
    postgresUrl: string;
  }
}

const PREFIX = 'parley-test-';

export default async function startPostgres(project: TestProject) {
  await generateClient();
  await removeLeftovers();
  const home = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const postgres = await launchPostgres({ home, durable: false });
  await makeTemplate(postgres.url('postgres'), postgres.url(TEMPLATE));
  project.provide('postgresUrl', postgres.url('postgres'));
  return async () => {
    await postgres.stop();
    rmSync(home, { recursive: true, force: true });
    rmSync(postgres.home, { recursive: true, force: true });
  };
}

/** The same files in the same order as `prisma migrate deploy`, without the seconds that its start takes. */
async function makeTemplate(adminUrl: string, templateUrl: string): Promise<void> {
  await administer(adminUrl, `CREATE DATABASE ${TEMPLATE}`);
  const migrations = readdirSync('prisma/migrations', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join('prisma/migrations', entry.name, 'migration.sql'))
    .sort();
  await administer(templateUrl, ...migrations.map((file) => readFileSync(file, 'utf8')));
}

/** Stops what a run left behind that was killed before it could tidy up. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const owner = Number(name.slice(PREFIX.length).split('-')[0]);
    if (owner && isAlive(owner)) continue;
    const home = join(tmpdir(), name);
    try {
      await (await launchPostgres({ home, durable: false })).stop();
    } catch {
      // half-made or somebody else's: nothing runs there that we could stop
    }
    rmSync(home, { recursive: true, force: true });
  }
}
