import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { env } from '#server/platform/env';
import { processSingleton } from '#server/platform/process-singleton';

const DEFAULT_CHANNELS = ['general'];

/** A missing or malformed key takes its default: a typo in one key must not stop the server (minimost.md §1.8). */
const key = <T extends z.ZodType>(schema: T, fallback: z.output<T>) =>
  schema.catch(fallback as never).default(fallback as never) as unknown as z.ZodType<z.output<T>>;

/** settings.json: the keys that the documented APIs name, and a few of Parley's own. */
export const Settings = z.object({
  channels: key(z.array(z.string().trim().min(1).max(80)).min(1), DEFAULT_CHANNELS),
  max_login_attempts: key(z.number().int(), 5),
  lockout_duration_minutes: key(z.number().positive(), 15),
  max_upload_size_mb: key(z.number().positive(), 25),
  max_avatar_size_mb: key(z.number().positive(), 5),
  image_retention_days: key(z.number().nonnegative(), 30),
  file_retention_days: key(z.number().nonnegative(), 30),
  message_retention_days: key(z.number().nonnegative(), 770),
  max_upload_dir_size_mb: key(z.number().nonnegative(), 2048),
  max_message_db_size_mb: key(z.number().nonnegative(), 1024),
  stun_port: key(z.number().int().min(1).max(65_535), 3478),
  login_failure_delay_seconds: key(z.number().nonnegative(), 3),
  rate_limit_enabled: key(z.boolean(), true),
  link_preview_allowed_origins: key(z.array(z.string()), []),
  session_secret: key(z.string().min(32).nullable(), null),
});

export type Settings = z.output<typeof Settings>;

export function settingsFile(): string {
  return env().SETTINGS_FILE ?? join(env().DATA_DIR, 'settings.json');
}

/** The settings as they were at boot. */
export function settings(): Settings {
  return processSingleton('settings', readSettings);
}

const watched = processSingleton<{ stamp: string; value: Settings | null }>('settings.watched', () => ({
  stamp: '',
  value: null,
}));

/** The keys that hold for sign-in (attempts, lockout, delay), read anew whenever the file has changed. */
export function loginSettings(): Settings {
  const stamp = fileStamp();
  if (watched.value === null || watched.stamp !== stamp) {
    watched.value = readSettings();
    watched.stamp = stamp;
  }
  return watched.value;
}

function fileStamp(): string {
  const stat = statSync(settingsFile(), { throwIfNoEntry: false });
  return stat ? `${stat.mtimeMs}:${stat.size}` : 'absent';
}

function readSettings(): Settings {
  let text: string;
  try {
    text = readFileSync(settingsFile(), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Settings.parse({});
    throw error;
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(`${settingsFile()} is not valid JSON`);
  }
  return Settings.parse(json);
}
