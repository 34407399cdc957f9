import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { env } from '#server/platform/env';
import { processSingleton } from '#server/platform/process-singleton';

const DEFAULT_CHANNELS = ['general'];
/** what a new installation starts with (minimost.md §1.8) */
const SHIPPED_CHANNELS = ['general', 'software', 'firmware', 'systems', 'off-topic'];

/** A missing or malformed key takes its default: a typo in one key must not stop the server (minimost.md §1.8). */
const key = <T extends z.ZodType>(schema: T, fallback: z.output<T>) =>
  schema.catch(fallback as never).default(fallback as never) as unknown as z.ZodType<z.output<T>>;

const groups = new WeakMap<z.ZodType, z.ZodObject>();

/** Keys below a key, each with its own default. */
const group = <Shape extends Record<string, z.ZodType>>(shape: Shape) => {
  const schema = z.object(shape);
  const forgiving = key(schema, schema.parse({}) as z.output<typeof schema>);
  groups.set(forgiving, schema);
  return forgiving;
};

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
  /** the MikroChat API's own (mikrochat.md §1.4) */
  server: group({
    allowedDomains: key(z.array(z.string()), ['http://127.0.0.1:8000']),
    rateLimit: group({
      enabled: key(z.boolean(), true),
      requestsPerMinute: key(z.number().int().min(1), 100),
    }),
  }),
});

export type Settings = z.output<typeof Settings>;

export function settingsFile(): string {
  return env().SETTINGS_FILE ?? join(env().DATA_DIR, 'settings.json');
}

/** The settings as they were at boot. Throws when the file is there but cannot be read as JSON. */
export function settings(): Settings {
  return processSingleton('settings', () => parseSettings(readFile()));
}

/** Writes the settings of a new installation, every key with its default; false if there is a file already. */
export function createSettingsFile(): boolean {
  const shipped: Partial<Settings> = Settings.parse({ channels: SHIPPED_CHANNELS });
  // left out on purpose: a generated secret lives in a file of its own (server/auth/session-secret.ts)
  delete shipped.session_secret;
  try {
    writeFileSync(settingsFile(), `${JSON.stringify(shipped, null, 2)}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** The keys of the file that are unknown, or whose values were not usable and were replaced by their defaults. */
export function settingsFaults(): string[] {
  const given = readFile();
  return given === null ? [] : faultsIn(Settings, given);
}

function faultsIn({ shape }: z.ZodObject, given: Record<string, unknown>, path = ''): string[] {
  return Object.entries(given).flatMap(([name, value]) => {
    const schema = shape[name] as z.ZodType | undefined;
    const below = schema && groups.get(schema);
    if (below && isObject(value)) return faultsIn(below, value, `${path}${name}.`);
    // `catch` never fails, so a value was refused exactly if parsing does not give it back
    const isUsable = schema && JSON.stringify(schema.parse(value)) === JSON.stringify(value);
    return isUsable ? [] : [path + name];
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

const watched = processSingleton<{ stamp: string; value: Settings | null }>('settings.watched', () => ({
  stamp: '',
  value: null,
}));

/**
 * The keys that hold for sign-in (attempts, lockout, delay), read anew whenever the file has changed. While it is
 * unreadable, half-way through somebody's edit, the last good ones hold.
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
  return Settings.parse(given ?? {});
}
