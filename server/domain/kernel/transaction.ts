import { wakeHub } from '#server/domain/kernel/wake';
import { Prisma, prisma, type Transaction } from '#server/platform/database';

/** Postgres says "try again": serialization failure, deadlock. */
const RETRYABLE = new Set(['40001', '40P01']);
const ATTEMPTS = 5;

/**
 * Runs one command in one transaction and wakes the hub after it. Deadlocks and serialization failures are
 * retried, so `work` must not do anything outside the database.
 */
export async function transaction<T>(work: (db: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    let used: Transaction | undefined;
    try {
      const result = await prisma.$transaction((db) => {
        used = db;
        return work(db);
      });
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
