import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { type Binaries, findBinaries } from '#server/platform/postgres/binaries';
import { mayReach, type ServiceUser, serviceUser } from '#server/platform/postgres/service-user';

export const SUPERUSER = 'parley';

/** One database cluster on disk, ready to be started. */
export type Cluster = {
  /** the folder around it: password, log, lock */
  home: string;
  /** Postgres' own data directory */
  data: string;
  password: string;
  binaries: Binaries;
  user: ServiceUser;
  /** false: nothing needs to survive a crash (tests) */
  durable: boolean;
};

/** Where the cluster of a data folder is kept if root's data folder is out of the service user's reach. */
const SHARED_HOME = '/var/lib/parley';

/**
 * Opens the cluster below `folder`, or makes it. Throws with a readable reason when it cannot be made or belongs to
 * somebody else.
 */
export function openCluster(folder: string, { durable }: { durable: boolean }): Cluster {
  const fallbackUser = serviceUser();
  const home = homeOf(resolve(folder), fallbackUser);
  const data = join(home, 'cluster');
  const exists = existsSync(join(data, 'PG_VERSION'));
  const user = exists ? ownerOf(data, fallbackUser) : fallbackUser;
  const major = exists ? Number(readFileSync(join(data, 'PG_VERSION'), 'utf8')) : undefined;
  const binaries = findBinaries(user, home, major);
  const cluster = { home, data, password: passwordOf(home, exists), binaries, user, durable };
  if (!exists) initialise(cluster);
  return cluster;
}

/** Whether `openCluster` would find a database rather than make one. */
export function hasCluster(folder: string): boolean {
  return existsSync(folder) && existsSync(join(homeOf(resolve(folder), serviceUser()), 'cluster/PG_VERSION'));
}

/** Remembered in a file, so that the database is not lost from sight when permissions change later. */
function homeOf(folder: string, user: ServiceUser): string {
  if (user) allowPassage(folder);
  const pointer = join(folder, 'location');
  const home = existsSync(pointer)
    ? readFileSync(pointer, 'utf8').trim()
    : mayReach(user, folder)
      ? folder
      : join(
          SHARED_HOME,
          `${basename(folder)}-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`,
        );
  if (home !== folder) {
    mkdirSync(home, { recursive: true, mode: 0o711 });
    writeFileSync(pointer, `${home}\n`);
  }
  return home;
}

/** Others may then open what they know the name of and are allowed to read, which is the cluster's own folder. */
function allowPassage(folder: string): void {
  const { mode, uid } = statSync(folder);
  if (uid === process.getuid?.()) chmodSync(folder, mode | 0o011);
}

/** Only the owner of a cluster may start it. */
function ownerOf(data: string, fallback: ServiceUser): ServiceUser {
  const { uid, gid } = statSync(data);
  if (fallback) return { uid, gid };
  if (uid === process.getuid?.()) return null;
  throw new Error(
    `The database in ${data} belongs to another user (uid ${uid}).\n` +
      'Start Parley as the user who started it first, or choose another DATA_DIR.',
  );
}

function passwordOf(home: string, clusterExists: boolean): string {
  const file = join(home, 'password');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  if (clusterExists) throw new Error(`The database's password is gone: ${file} is missing.`);
  const password = randomBytes(32).toString('base64url');
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return password;
}

/** Made beside its place and renamed when whole: a crash half-way leaves nothing that looks like a database. */
function initialise({ data, password, binaries, user, durable }: Cluster): void {
  const partial = `${data}.partial`;
  const passwordFile = `${partial}.password`;
  const failures: string[] = [];
  for (const locale of localesFor(binaries.major)) {
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { mode: 0o700 });
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (user) for (const path of [partial, passwordFile]) chownSync(path, user.uid, user.gid);
    const made = spawnSync(
      join(binaries.folder, 'initdb'),
      [
        ...['-D', partial, '-U', SUPERUSER, `--pwfile=${passwordFile}`],
        ...['--auth=scram-sha-256', '--encoding=UTF8', ...locale],
        ...(durable ? [] : ['--no-sync']),
      ],
      { ...user, cwd: '/', encoding: 'utf8' },
    );
    rmSync(passwordFile, { force: true });
    if (made.status === 0) {
      renameSync(partial, data);
      return;
    }
    failures.push(made.error?.message ?? made.stderr.trim());
  }
  rmSync(partial, { recursive: true, force: true });
  throw new Error(`The database could not be made in ${data}:\n${failures[0]}`);
}

/** Code unit order everywhere, and case folding for all scripts where the platform knows C.UTF-8. */
function localesFor(major: number): string[][] {
  const builtin = major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : [];
  return [
    ['--locale=C.UTF-8', ...builtin],
    ['--locale=C', ...builtin],
  ];
}
