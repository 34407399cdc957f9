import { now } from '#server/platform/clock';
import type { Transaction } from '#server/platform/database';

/** Advisory locks share one space of numbers in the database; this one is arbitrary and must stay. */
const RENAMING_LOCK = 7_203;

/**
 * The stamp to store as `renamedAt` of an account that gets another name to show, or loses it. Later than every one
 * before it, and nobody else takes one until the transaction ends: whoever keeps names in memory asks for the latest
 * and so notices each.
 */
export async function nextRenaming(db: Transaction): Promise<number> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(${RENAMING_LOCK})`;
  const { _max: latest } = await db.account.aggregate({ _max: { renamedAt: true } });
  return Math.max(now(), Number(latest.renamedAt ?? 0) + 1);
}
