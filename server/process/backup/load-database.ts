import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type Manifest, MIGRATIONS_TABLE } from '#server/process/backup/manifest';

const { escapeIdentifier: quoted } = pg;

/** As Prisma makes it. */
const CREATE_MIGRATIONS_TABLE = `
  CREATE TABLE ${MIGRATIONS_TABLE} (
    id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
    migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`;

/**
 * Fills an empty database with what `dumpDatabase` wrote, in the shape it had then; newer migrations follow with the next
 * start. All of it or nothing. Throws a readable error for a database that isn't empty, and for a backup of a newer
 * Parley.
 */
export async function loadDatabase(
  url: string,
  folder: string,
  manifest: Manifest,
  migrations: string,
): Promise<void> {
  const scripts = manifest.migrations.map((name) => join(migrations, name, 'migration.sql'));
  const unknown = scripts.findIndex((script) => !existsSync(script));
  if (unknown !== -1) {
    throw new Error(
      `The backup was made by a newer Parley (it knows "${manifest.migrations[unknown]}"): update this one first.`,
    );
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await refuseUnlessEmpty(client);
    await client.query('BEGIN');
    for (const script of scripts) await client.query(readFileSync(script, 'utf8'));
    await client.query(CREATE_MIGRATIONS_TABLE);
    const tables = await parentsFirst(client, manifest.tables);
    // what migrations have put there is in the backup as well
    await client.query(`TRUNCATE ${tables.map(({ name }) => quoted(name)).join(', ')}`);
    for (const table of tables) await loadTable(client, folder, table);
    for (const { name, last } of manifest.sequences) {
      await client.query('SELECT setval($1::regclass, $2::bigint)', [quoted(name), last]);
    }
    await client.query('COMMIT');
    await client.query('ANALYZE');
  } finally {
    await client.end();
  }
}

async function refuseUnlessEmpty(client: pg.Client): Promise<void> {
  const { rows } = await client.query(
    `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' LIMIT 1`,
  );
  if (rows.length > 0) throw new Error('The database is not empty: a backup is restored into an empty one.');
}

type Table = Manifest['tables'][number];

async function loadTable(client: pg.Client, folder: string, { name, columns, rows }: Table): Promise<void> {
  const copy = client.query(copyFrom(`COPY ${quoted(name)} (${columns.map(quoted).join(', ')}) FROM STDIN`));
  await pipeline(createReadStream(join(folder, `${name}.copy`)), copy);
  if (copy.rowCount !== rows) {
    throw new Error(`The backup is damaged: ${name} has ${copy.rowCount} rows instead of ${rows}.`);
  }
}

/** A row may come only after the rows it points to. */
async function parentsFirst(client: pg.Client, tables: readonly Table[]): Promise<Table[]> {
  const { rows } = await client.query(
    `SELECT conrelid::regclass::text AS child, confrelid::regclass::text AS parent FROM pg_constraint
     WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conrelid <> confrelid`,
  );
  const sorted: Table[] = [];
  const visit = (table: Table) => {
    if (sorted.includes(table)) return;
    for (const { child, parent } of rows) {
      const found = child === table.name && tables.find(({ name }) => name === parent);
      if (found) visit(found);
    }
    sorted.push(table);
  };
  for (const table of tables) visit(table);
  return sorted;
}
