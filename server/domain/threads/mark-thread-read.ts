import { z } from 'zod';
import type { Actor } from '#server/domain/kernel/actor';
import { Id } from '#server/domain/kernel/ids';
import { publish } from '#server/domain/kernel/publish';
import { transaction } from '#server/domain/kernel/transaction';
import { findThread } from '#server/domain/threads/find-thread';

/** without `seq`: everything */
export const MarkThreadRead = z.object({ rootId: Id, seq: z.int().nonnegative().optional() });
export type MarkThreadRead = z.input<typeof MarkThreadRead>;

/**
 * Moves the actor's mark in a thread they follow forward to a reply, or to the newest one; never back. Their other
 * devices learn of it. Refuses as `findThread` does.
 */
export async function markThreadRead(actor: Actor, { rootId, seq }: MarkThreadRead): Promise<void> {
  const { accountId } = actor;
  const { conversationId } = await findThread(actor, { rootId });
  await transaction(async (db) => {
    const [moved] = await db.$queryRaw<{ readSeq: number }[]>`
      UPDATE thread_follow f SET read_seq = target.seq
      FROM (SELECT id, least(${Math.min(seq ?? 2 ** 31 - 1, 2 ** 31 - 1)}::int, thread_last_seq) AS seq
            FROM message WHERE id = ${rootId}) target
      WHERE f.root_id = target.id AND f.account_id = ${accountId} AND f.read_seq < target.seq
      RETURNING f.read_seq AS "readSeq"`;
    if (!moved) return;
    const { readSeq } = moved;
    await publish(
      db,
      { accountIds: [accountId] },
      { type: 'thread_read_moved', conversationId, accountId, rootId, readSeq },
    );
  });
}
