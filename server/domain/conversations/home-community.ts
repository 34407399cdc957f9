import type { Transaction } from '#server/platform/database';

/** The community that everyone belongs to, as a relation to connect; the first migration made it. */
export async function homeCommunity(db: Transaction): Promise<{ id: bigint }> {
  return db.community.findFirstOrThrow({ where: { isHome: true }, select: { id: true } });
}
