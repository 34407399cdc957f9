import { inTurn } from '#server/domain/kernel/in-turn';
import { wakeHub } from '#server/domain/kernel/wake';
import { Prisma, prisma, type Transaction } from '#server/platform/database';
import { env } from '#server/platform/env';
import { processSingleton } from '#server/platform/process-singleton';
import { Turnstile } from '#server/platform/turnstile';

/** Postgres says "try again": serialization failure, deadlock. */
const RETRYABLE = new Set(['40001', '40P01']);
const ATTEMPTS = 5;

/** Milliseconds to wait for a connection, and for everything a command does, other commands' locks included. */
const LIMITS = { maxWait: 10_000, timeout: 20_000 };

// Commands that want one conversation's lock would each hold a connection while they wait for it, until none was
// left for reads. They wait in line instead, and half of the pool is always somebody else's.
const turnstile = processSingleton(
  'kernel.transactions',
  () => new Turnstile({ width: Math.ceil(env().DATABASE_POOL_SIZE / 2), line: 2_000 }),
);

/**
 * Runs one command in one transaction and wakes the hub after it. Deadlocks and serialization failures are
 * retried, so `work` must not do anything outside the database; nor begin another transaction. Refuses
 * `rate_limited` `too_busy` when thousands are waiting already.
 */
export function transaction<T>(work: (db: Transaction) => Promise<T>): Promise<T> {
  return inTurn(turnstile, () => retried(work));
}

async function retried<T>(work: (db: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    let used: Transaction | undefined;
    try {
      const result = await prisma.$transaction((db) => {
        used = db;
        return work(db);
      }, LIMITS);
      if (used) wakeHub.committed(used);
      return result;
    } catch (error) {
      if (attempt >= ATTEMPTS || !isRetryable(error)) throw error;
    }
  }
}

function isRetryable(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  if (error.code === 'P2034') return true;
  const cause = (error.meta as { driverAdapterError?: { cause?: { originalCode?: string } } } | undefined)
    ?.driverAdapterError?.cause;
  return RETRYABLE.has(cause?.originalCode ?? '');
}
