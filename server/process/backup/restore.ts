// `npm run restore`: what `npm run backup` wrote becomes a new installation.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { extract } from 'tar';
import { closeAll } from '#server/platform/closers';
import { env } from '#server/platform/env';
import { hasCluster } from '#server/platform/postgres/cluster';
import { ensureDatabase } from '#server/platform/postgres/ensure-database';
import { postgresHome } from '#server/platform/postgres/own-database';
import { PROJECT_ROOT } from '#server/platform/project-root';
import { settingsFile } from '#server/platform/settings';
import { loadDatabase } from '#server/process/backup/load-database';
import { FILES, FOLDERS, Manifest } from '#server/process/backup/manifest';
import { openDatabase } from '#server/process/open-database';

const USAGE = 'Usage: npm run restore -- <file.tar.gz>';

/**
 * Fills an empty DATA_DIR and database from a backup; the next start brings them up to date. Resolves with what to tell
 * the person who asked, throws a readable reason. What exists is never overwritten.
 */
export async function restore([given]: string[]): Promise<string> {
  if (!given) throw new Error(USAGE);
  const file = resolve(given);
  if (!existsSync(file)) throw new Error(`There is no ${file}.`);
  const dataDir = resolve(env().DATA_DIR);
  const isOwnDatabase = env().DATABASE_URL === undefined;
  refuseUnlessFree(dataDir, isOwnDatabase);
  mkdirSync(dataDir, { recursive: true });
  const staging = mkdtempSync(join(dataDir, '.restore-'));
  let complete = false;
  try {
    const manifest = await unpack(file, staging);
    await openDatabase();
    const url = env().DATABASE_URL as string;
    await ensureDatabase(url);
    await loadDatabase(url, join(staging, 'tables'), manifest, join(PROJECT_ROOT, 'prisma/migrations'));
    for (const name of [...FOLDERS, ...FILES]) {
      const from = join(staging, 'data', name);
      const to = name === 'settings.json' ? settingsFile() : join(dataDir, name);
      if (existsSync(from)) cpSync(from, to, { recursive: true, preserveTimestamps: true, force: false });
    }
    complete = true;
    return `Restored what was there at ${manifest.madeAt}. Start it with: npm start`;
  } finally {
    await closeAll(() => {});
    rmSync(staging, { recursive: true, force: true });
    // so that it can be tried again
    if (!complete && isOwnDatabase) rmSync(postgresHome(), { recursive: true, force: true });
  }
}

/** An own database, files or settings mean that somebody lives here. */
function refuseUnlessFree(dataDir: string, isOwnDatabase: boolean): void {
  const taken = existsSync(dataDir)
    ? readdirSync(dataDir).filter((name) => [...FOLDERS, ...FILES].includes(name))
    : [];
  if (isOwnDatabase && hasCluster(postgresHome())) taken.push('postgres');
  if (taken.length > 0) {
    throw new Error(
      `${dataDir} holds an installation (${taken.join(', ')}): choose an empty folder with DATA_DIR.`,
    );
  }
}

async function unpack(file: string, staging: string): Promise<Manifest> {
  try {
    await extract({ file, cwd: staging, strict: true });
    return Manifest.parse(JSON.parse(readFileSync(join(staging, 'manifest.json'), 'utf8')));
  } catch (error) {
    throw new Error(`${file} is not a backup that this Parley can read.`, { cause: error });
  }
}
