import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from '#server/platform/env';
import { processSingleton } from '#server/platform/process-singleton';
import { settings } from '#server/platform/settings';

/**
 * What session cookies are sealed with: `session_secret` of the settings, else a file in DATA_DIR that the first
 * process makes, so that cookies survive a restart. Whoever has it can make up sealed cookies, but not the tokens in
 * them.
 */
export function sessionSecret(): string {
  return processSingleton(
    'auth.session-secret',
    () => settings().session_secret ?? secretInFile(join(env().DATA_DIR, 'session_secret')),
  );
}

function secretInFile(file: string): string {
  const secret = read(file) ?? create(file);
  if (secret.length < 32) throw new Error(`${file} is too short to be a secret: delete it to get a new one`);
  return secret;
}

/** Of several processes that start together, all get the file of the one that links first, and get it whole. */
function create(file: string): string {
  mkdirSync(env().DATA_DIR, { recursive: true });
  const draft = `${file}.${randomBytes(8).toString('hex')}`;
  writeFileSync(draft, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(file, 'utf8').trim();
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
