import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { env } from '#server/platform/env';
import { processSingleton } from '#server/platform/process-singleton';
import { environmentSettings, filledFrom } from '#server/platform/settings-environment';
import { faultsOf } from '#server/platform/settings-faults';
import { Settings } from '#server/platform/settings-schema';

export { Settings };

/** what a new installation starts with (minimost.md §1.8) */
const SHIPPED_CHANNELS = ['general', 'software', 'firmware', 'systems', 'off-topic'];

export function settingsFile(): string {
  return env().SETTINGS_FILE ?? join(env().DATA_DIR, 'settings.json');
}

/** The settings as they were at boot. Throws when the file is there but cannot be read as JSON. */
export function settings(): Settings {
  return processSingleton('settings', () => parseSettings(readFile()));
}

/**
 * Writes the settings of a new installation, every key with its default except for secrets; false if there is a file
 * already.
 */
export function createSettingsFile(): boolean {
  const { session_secret, ...shipped } = Settings.parse({ channels: SHIPPED_CHANNELS });
  const { jwtSecret, ...auth } = shipped.auth;
  const { password, ...email } = shipped.email;
  const { initialUser, ...chat } = shipped.chat;
  try {
    const text = asText({ ...shipped, auth, email, chat });
    writeFileSync(settingsFile(), text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Changes the file as a whole or not at all, so that no reader meets half of it. `edit` gets what it holds and
 * answers what it should hold; keys that nobody knows are the administrator's own and stay.
 */
export function rewriteSettingsFile(edit: (given: Record<string, unknown>) => Record<string, unknown>): void {
  const text = asText(edit(readFile() ?? {}));
  // a link to a file elsewhere stays a link
  const file = existsSync(settingsFile()) ? realpathSync(settingsFile()) : settingsFile();
  const draft = `${file}.${randomBytes(8).toString('hex')}`;
  try {
    writeFileSync(draft, text, { mode: 0o600, flag: 'wx', flush: true });
    chmodSync(draft, statFile()?.mode ?? 0o644);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  watched.stamp = '';
}

function asText(content: object): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}

const watched = processSingleton<{ stamp: string; value: Settings | null }>('settings.watched', () => ({
  stamp: '',
  value: null,
}));

/**
 * For the keys that hold for signing in, for mail and for limits: read anew whenever the file has changed. While it
 * is unreadable, half-way through somebody's edit, the last good ones hold.
 */
export function loginSettings(): Settings {
  const stamp = fileStamp();
  if (watched.value !== null && watched.stamp === stamp) return watched.value;
  watched.stamp = stamp;
  try {
    watched.value = parseSettings(readFile());
  } catch {
    watched.value ??= settings();
  }
  return watched.value;
}

function fileStamp(): string {
  const stat = statFile();
  return stat ? `${stat.mtimeMs}:${stat.size}` : 'absent';
}

/** The comment keeps Next's build from packing the whole project because this path is known only at run time. */
function statFile() {
  return statSync(/* turbopackIgnore: true */ settingsFile(), { throwIfNoEntry: false });
}

/** The keys of the file that are unknown, or whose values were not usable and were replaced by their defaults. */
export function settingsFaults(): string[] {
  return faultsOf(readFile() ?? {});
}

/** The file as an object; null if there is none. */
function readFile(): Record<string, unknown> | null {
  if (!statFile()) return null;
  const text = readFileSync(/* turbopackIgnore: true */ settingsFile(), 'utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`${settingsFile()} is not valid JSON: ${(error as Error).message}`);
  }
  if (json === null || typeof json !== 'object' || Array.isArray(json)) {
    throw new Error(`${settingsFile()} must hold one JSON object.`);
  }
  return json as Record<string, unknown>;
}

function parseSettings(given: Record<string, unknown> | null): Settings {
  return Settings.parse(filledFrom(environmentSettings(), given ?? {}));
}
