import { z } from 'zod';
import { processSingleton } from '#server/platform/process-singleton';

const url = (start: RegExp, words: string) => z.string().regex(start, words).optional();
const port = z.coerce.number().int().min(0).max(65_535);

/** Everything the process takes from its environment; documented in docs/configuration.md (a test compares). */
export const Environment = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(3000),
  DATA_DIR: z.string().min(1).default('./data'),
  SETTINGS_FILE: z.string().min(1).optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgresql://')
    .optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(500).default(10),
  WEB_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(1),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  METRICS_PORT: port.optional(),
  TRUST_PROXY: z.stringbool().default(false),
  UPLOADTHING_TOKEN: z.string().min(1).optional(),
  PUBLIC_URL: url(/^https?:\/\/[^/?#]+\/*$/, 'must be like https://chat.example.com, without a path'),
  SMTP_URL: url(/^smtps?:\/\/./, 'must start with smtp:// or smtps://'),
  APP_URL: url(/^https?:\/\/./, 'must start with http:// or https://'),
  AUTH_JWT_SECRET: z.string().min(32).optional(),
  EMAIL_HOST: z.string().optional(),
  EMAIL_USER: z.string().optional(),
  EMAIL_PASSWORD: z.string().optional(),
  INITIAL_USER_NAME: z.string().optional(),
  INITIAL_USER_EMAIL: z.string().optional(),
  INITIAL_USER_PASSWORD: z.string().optional(),
});

export type Environment = z.output<typeof Environment>;

/** The parsed environment. Throws one readable error that names every bad variable. */
export function env(): Environment {
  return processSingleton('env', () => parseEnvironment(process.env));
}

/** Where people reach this server, without a slash at its end: the beginning of every link that is mailed. */
export function publicUrl(): string {
  const { PUBLIC_URL, HOST, PORT } = env();
  if (PUBLIC_URL) return PUBLIC_URL.replace(/\/+$/, '');
  return `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`;
}

/** Tells the process, and everything it starts, which database it has found or started for itself. */
export function provideDatabase(url: string): void {
  process.env.DATABASE_URL = url;
  env().DATABASE_URL = url;
}

export function parseEnvironment(source: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The environment is not usable:\n${faults.join('\n')}`);
}
