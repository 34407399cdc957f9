import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Whom Postgres runs as; null: as this process does. */
export type ServiceUser = { uid: number; gid: number } | null;

/** Postgres refuses to run as root, so root hands it to `postgres` or `nobody`. */
export function serviceUser(passwd = '/etc/passwd'): ServiceUser {
  if (process.getuid?.() !== 0) return null;
  const users = readFileSync(passwd, 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const chosen = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  if (!chosen) {
    throw new Error('Postgres cannot run as root, and there is no user "postgres" or "nobody" to run it as.');
  }
  return { uid: Number(chosen[2]), gid: Number(chosen[3]) };
}

/** Whether that user may pass through every folder above `path`, and through `path` itself if it is there. */
export function mayReach(user: ServiceUser, path: string): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(folder) && !mayEnter(user, folder)) return false;
    if (folder === dirname(folder)) return true;
  }
}

function mayEnter(user: ServiceUser, path: string): boolean {
  if (!user) {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  }
  const { uid, gid, mode } = statSync(path);
  if (uid === user.uid) return (mode & 0o100) !== 0;
  if (gid === user.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}
