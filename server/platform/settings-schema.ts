import { z } from 'zod';

/** A missing or malformed key takes its default: a typo in one key must not stop the server (minimost.md §1.8). */
const key = <T extends z.ZodType>(schema: T, fallback: z.output<T>) =>
  schema.catch(fallback as never).default(fallback as never) as unknown as z.ZodType<z.output<T>>;

/** Keys that belong together, each with its own default. */
const group = <Shape extends z.core.$ZodLooseShape>(shape: Shape) => {
  const schema = z.object(shape);
  return schema.catch(() => schema.parse({})).prefault({} as never) as unknown as typeof schema;
};

const DEFAULT_CHANNELS = ['general'];

/** `http://` or `https://`, without the slash at its end, so that paths can be put behind it. */
const baseUrl = z.url({ protocol: /^https?$/ }).overwrite((url) => url.replace(/\/+$/, ''));
const endpoint = z.url({ protocol: /^https?$/ });
const seconds = z.number().int().min(1).max(100_000_000);
const flag = (fallback: boolean) => key(z.boolean(), fallback);
const text = (fallback = '') => key(z.string().trim().max(1_000), fallback);

/** The ways of proving who one is that MikroChat's API can offer (mikrochat.md §1.3). */
export const AuthMode = z.enum(['password', 'magic-link', 'dev']);
export type AuthMode = z.output<typeof AuthMode>;

const scopes = z.union([z.string(), z.array(z.string()).transform((names) => names.join(' '))]);
const client = {
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  /** as registered with the provider; ours by default */
  redirectUri: endpoint.optional(),
  authorizationParams: z.record(z.string(), z.string()).optional(),
  /** takes its word for addresses that it doesn't say are confirmed: for a company's own provider */
  trustsEmails: z.boolean().optional(),
};
const Preset = z.object({ ...client, scopes: scopes.optional() });
const CustomProvider = z.object({
  ...client,
  id: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/),
  name: z.string().trim().min(1).max(80),
  authorizationUrl: endpoint,
  tokenUrl: endpoint,
  userInfoUrl: endpoint,
  scopes: scopes.default('openid email profile'),
});
export type PresetClient = z.output<typeof Preset>;
export type CustomProvider = z.output<typeof CustomProvider>;

const preset = key(Preset.optional(), undefined);
/** One unusable entry costs only itself. */
const customProviders = z.array(z.unknown()).transform((entries) =>
  entries.flatMap((entry) => {
    const parsed = CustomProvider.safeParse(entry);
    return parsed.success ? [parsed.data] : [];
  }),
);

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
  rate_limit_enabled: flag(true),
  link_preview_allowed_origins: key(z.array(z.string()), []),
  session_secret: key(z.string().min(32).nullable(), null),
  auth: group({
    authMode: key(AuthMode, 'password'),
    isInviteRequired: flag(false),
    appUrl: key(baseUrl.or(z.literal('')), ''),
    jwtSecret: key(z.string().min(32).nullable(), null),
    jwtExpirySeconds: key(seconds, 900),
    refreshTokenExpirySeconds: key(seconds, 604_800),
    magicLinkExpirySeconds: key(seconds, 900),
    maxActiveSessions: key(z.number().int().min(1).max(1_000), 3),
  }),
  email: group({
    host: text(),
    port: key(z.number().int().min(1).max(65_535), 465),
    secure: flag(true),
    user: text(),
    password: key(z.string().max(1_000), ''),
    from: text(),
    maxRetries: key(z.number().int().min(0).max(20), 2),
    emailSubject: text('Your Secure Login Link'),
  }),
  chat: group({
    initialUser: group({ id: text(), userName: text(), email: text(), password: key(z.string(), '') }),
    messageRetentionDays: key(z.number(), 0),
    maxMessagesPerChannel: key(z.number().int(), 0),
  }),
  server: group({
    allowedDomains: key(z.array(z.string()), ['http://127.0.0.1:8000']),
    rateLimit: group({
      enabled: flag(true),
      requestsPerMinute: key(z.number().int().min(1), 100),
    }),
  }),
  oauth: group({
    presets: group({ google: preset, github: preset, microsoft: preset, gitlab: preset }),
    custom: key(customProviders, []),
    stateExpirySeconds: key(seconds, 600),
    rateLimiting: group({
      maxAttempts: key(z.number().int().min(1), 10),
      windowMs: key(z.number().int().min(1), 900_000),
    }),
  }),
});

export type Settings = z.output<typeof Settings>;
