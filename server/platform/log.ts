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
 * An error without what it quotes of the values it met, and with its cause: Postgres and Prisma have fields for them
 * (`detail`, `where`, `meta`), parsers put a piece of the text into their message, and V8 that message into the stack.
 */
export function presentError(error: unknown): object {
  if (!(error instanceof Error)) return { message: typeof error };
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  const message = quotesValues(error.name, code) ? error.message.replace(QUOTATION, '"…"') : error.message;
  return {
    type: error.name,
    ...(code === undefined ? {} : { code }),
    message,
    stack: error.stack?.replace(error.message, () => message),
    ...(cause instanceof Error ? { cause: presentError(cause) } : {}),
  };
}

/** From the first quotation mark to the last: what is quoted may have some of its own. */
const QUOTATION = /".*"(?:\.{3})?/s;

/** What parses text; and Postgres on data it could not read (its class 22). */
function quotesValues(name: string, code: unknown): boolean {
  return name === 'SyntaxError' || (typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code));
}
