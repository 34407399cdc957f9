import pino, { type Logger } from 'pino';
import { env } from '#server/platform/env';
import { processSingleton } from '#server/platform/process-singleton';

/** Never in a log, whatever object they come with: secrets, and what people wrote to each other. */
const SECRET_KEYS = [
  'password',
  'confirmation',
  'token',
  'secret',
  'session_secret',
  'cookie',
  'authorization',
  'text',
  'content',
  'DATABASE_URL',
  'SMTP_URL',
  'accessToken',
  'refreshToken',
  'jwtSecret',
  'clientSecret',
  'codeVerifier',
];

/** One JSON line per event on standard output. */
export const log: Logger = processSingleton('log', () =>
  pino({
    level: env().LOG_LEVEL,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[hidden]' },
    serializers: { err: presentError },
  }),
);

/**
 * An error without the fields in which Postgres and Prisma quote values (`detail`, `where`, `meta`), and with its
 * cause.
 */
export function presentError(error: unknown): object {
  if (!(error instanceof Error)) return { message: typeof error };
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return {
    type: error.name,
    ...(code === undefined ? {} : { code }),
    message: error.message,
    stack: error.stack,
    ...(cause instanceof Error ? { cause: presentError(cause) } : {}),
  };
}
