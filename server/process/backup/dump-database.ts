import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { FORMAT, type Manifest, MIGRATIONS_TABLE } from '#server/process/backup/manifest';

const { escapeIdentifier: quoted } = pg;

/**
 * Writes every table of a database into a folder, a file each, as it is at one moment, while others go on writing.
 * Postgres' own text form, because it is the same on every machine and version.
 */
export async function dumpDatabase(url: string, folder: string): Promise<Manifest> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const migrations = await migrationsOf(client);
    const tables: Manifest['tables'] = [];
    for (const { name, columns } of await tablesOf(client)) {
      const list = columns.map(quoted).join(', ');
      const copy = client.query(copyTo(`COPY (SELECT ${list} FROM ${quoted(name)}) TO STDOUT`));
      await pipeline(copy, createWriteStream(join(folder, `${name}.copy`), { mode: 0o600 }));
      tables.push({ name, columns, rows: copy.rowCount ?? 0 });
    }
    // after the rows: numbers are never given back, so these are at least as large as any that was copied
    const sequences = await sequencesOf(client);
    await client.query('COMMIT');
    return { format: FORMAT, madeAt: new Date().toISOString(), migrations, tables, sequences };
  } finally {
    await client.end();
  }
}

async function migrationsOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query(
    `SELECT migration_name FROM ${MIGRATIONS_TABLE} WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL
     ORDER BY migration_name`,
  );
  return rows.map((row) => row.migration_name);
}

async function tablesOf(client: pg.Client): Promise<{ name: string; columns: string[] }[]> {
  const { rows } = await client.query(
    `SELECT c.relname::text AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       AND a.attgenerated = ''
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' GROUP BY c.oid, c.relname ORDER BY c.relname`,
  );
  return rows;
}

async function sequencesOf(client: pg.Client): Promise<Manifest['sequences']> {
  const { rows } = await client.query(
    `SELECT sequencename::text AS name, last_value::text AS last FROM pg_sequences
     WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY sequencename`,
  );
  return rows;
}
