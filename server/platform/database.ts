import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { env } from '#server/platform/env';
import { PatientPool } from '#server/platform/patient-pool';
import { PrismaClient } from '#server/platform/prisma/client';
import { processSingleton } from '#server/platform/process-singleton';

export { Prisma } from '#server/platform/prisma/client';
export type {
  ConversationKind,
  MemberRole,
  MessageKind,
  PresenceState,
  Visibility,
} from '#server/platform/prisma/enums';

const INT8 = 20;
const INT8_ARRAY = 1016;

/** Ids and stamps stay below 2^53, so BIGINTs may become numbers. */
function parserOf(oid: number, format?: 'text' | 'binary') {
  if (format !== 'binary') {
    if (oid === INT8) return Number;
    if (oid === INT8_ARRAY)
      return (text: string) => (text === '{}' ? [] : text.slice(1, -1).split(',').map(Number));
  }
  return pg.types.getTypeParser(oid, format as 'text');
}

/** The one pool of this process; Prisma uses it as well. */
export const pool = processSingleton(
  'database.pool',
  () =>
    new PatientPool({
      connectionString: env().DATABASE_URL,
      max: env().DATABASE_POOL_SIZE,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    }),
);

export const prisma = processSingleton(
  'database.prisma',
  () =>
    new PrismaClient({
      adapter: new PrismaPg(pool, { disposeExternalPool: false }),
      // the default format quotes the arguments of the failed call, and so what people wrote
      errorFormat: 'minimal',
    }),
);

export type Transaction = Parameters<Parameters<typeof prisma.$transaction>[0]>[0];
/** either the client or a transaction of it: what reads that also run inside commands take */
export type Db = typeof prisma | Transaction;

/**
 * One named, prepared statement in one round trip: for the few paths that carry most of the load. `name` must be
 * unique to `text`. BIGINTs arrive as numbers.
 */
export async function sql<Row>(name: string, text: string, values: unknown[]): Promise<Row[]> {
  const result = await pool.query({
    name,
    text,
    values,
    types: { getTypeParser: parserOf as typeof pg.types.getTypeParser },
  });
  return result.rows as Row[];
}

/** The same shape with every bigint as a number. */
export type Plain<T> = T extends bigint
  ? number
  : T extends Date | Uint8Array
    ? T
    : T extends readonly (infer Item)[]
      ? Plain<Item>[]
      : T extends object
        ? { [Key in keyof T]: Plain<T[Key]> }
        : T;

/** Turns the bigints of a Prisma result into numbers, deeply. */
export function plain<T>(value: T): Plain<T> {
  if (typeof value === 'bigint') return Number(value) as Plain<T>;
  if (Array.isArray(value)) return value.map(plain) as Plain<T>;
  if (value === null || typeof value !== 'object' || value instanceof Date || value instanceof Uint8Array) {
    return value as Plain<T>;
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)])) as Plain<T>;
}
