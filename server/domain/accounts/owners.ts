import type { Transaction } from '#server/platform/database';

/** Advisory locks share one space of numbers in the database; this one is arbitrary and must stay. */
const OWNERS_LOCK = 7_201;

/** Until the transaction ends nobody else becomes owner or stops being one. */
export async function lockOwners(db: Transaction): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(${OWNERS_LOCK})`;
}

/** Whether anybody else could still run the server if this account were not an owner any more. */
export async function isLastOwner(db: Transaction, accountId: number): Promise<boolean> {
  const account = await db.account.findUnique({ where: { id: accountId }, select: { role: true } });
  if (account?.role !== 'owner') return false;
  const others = await db.account.count({
    where: { role: 'owner', deletedAt: null, id: { not: accountId } },
  });
  return others === 0;
}
