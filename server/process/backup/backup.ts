// `npm run backup`: everything that must not be lost, in one file, beside a running server or without one.
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { chmod, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { create } from 'tar';
import { closeAll } from '#server/platform/closers';
import { env } from '#server/platform/env';
import { settingsFile } from '#server/platform/settings';
import { dumpDatabase } from '#server/process/backup/dump-database';
import { FILES, FOLDERS } from '#server/process/backup/manifest';
import { openDatabase } from '#server/process/open-database';

const USAGE = 'Usage: npm run backup -- <file.tar.gz>';

/**
 * Writes a backup and resolves with what to tell the person who asked. The database comes first, as it is at one moment;
 * files that arrive while it is copied are extra, and no file ever changes.
 */
export async function backup([given]: string[]): Promise<string> {
  if (!given) throw new Error(USAGE);
  const file = resolve(given);
  if (existsSync(file)) throw new Error(`${file} exists already.`);
  const dataDir = resolve(env().DATA_DIR);
  mkdirSync(dataDir, { recursive: true });
  // in the data folder, so that files can be linked instead of copied
  const staging = mkdtempSync(join(dataDir, '.backup-'));
  const partial = `${file}.partial`;
  try {
    await openDatabase();
    mkdirSync(join(staging, 'tables'));
    const manifest = await dumpDatabase(env().DATABASE_URL as string, join(staging, 'tables'));
    await writeFile(join(staging, 'manifest.json'), JSON.stringify(manifest, null, 2));
    mkdirSync(join(staging, 'data'));
    for (const name of FOLDERS) stageFolder(join(dataDir, name), join(staging, 'data', name));
    for (const name of FILES) {
      stage(name === 'settings.json' ? settingsFile() : join(dataDir, name), join(staging, 'data', name));
    }
    await create({ gzip: true, file: partial, cwd: staging, portable: true }, [
      'manifest.json',
      'tables',
      'data',
    ]);
    // it holds the session secret and the hashes of passwords
    await chmod(partial, 0o600);
    renameSync(partial, file);
    const megabytes = ((await stat(file)).size / 1024 / 1024).toFixed(1);
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    return `${file}: ${rows} rows and all files, ${megabytes} MB.`;
  } finally {
    rmSync(staging, { recursive: true, force: true });
    rmSync(partial, { force: true });
    await closeAll(() => {});
  }
}

function stageFolder(from: string, to: string): void {
  mkdirSync(to);
  if (!existsSync(from)) return;
  for (const shelf of readdirSync(from, { withFileTypes: true })) {
    // the others hold what is still being written
    if (!shelf.isDirectory() || shelf.name.startsWith('.')) continue;
    mkdirSync(join(to, shelf.name));
    for (const name of readdirSync(join(from, shelf.name))) {
      stage(join(from, shelf.name, name), join(to, shelf.name, name));
    }
  }
}

/** Stored files never change, so a second name for one is as good as a copy. One that is gone by now is left out. */
function stage(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return;
    copyFileSync(from, to);
  }
}
