import type { Transaction } from '#server/platform/database';

/** Counts a thread anew after replies have gone, under the lock of its conversation, whose stamp it was. */
export async function settleThread(db: Transaction, rootId: number, stamp: number): Promise<void> {
  await db.$executeRaw`SELECT settle_thread(${rootId}, ${stamp})`;
}
