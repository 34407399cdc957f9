import { z } from 'zod';
import type { Actor } from '#server/domain/kernel/actor';
import { Id } from '#server/domain/kernel/ids';
import { publish } from '#server/domain/kernel/publish';
import { transaction } from '#server/domain/kernel/transaction';
import { findThread } from '#server/domain/threads/find-thread';

export const FollowThread = z.object({ rootId: Id, following: z.boolean() });
export type FollowThread = z.input<typeof FollowThread>;

/**
 * Whether a thread is among the actor's own from now on; what there is in it at that moment counts as read. Nothing
 * happens when it is so already. Refuses as `findThread` does.
 */
export async function followThread(actor: Actor, { rootId, following }: FollowThread): Promise<void> {
  const { accountId } = actor;
  const { conversationId } = await findThread(actor, { rootId });
  await transaction(async (db) => {
    const changed = await db.$executeRaw`
      INSERT INTO thread_follow AS f (root_id, account_id, conversation_id, following, read_seq)
      SELECT id, ${accountId}, conversation_id, true, thread_last_seq FROM message WHERE id = ${rootId} AND ${following}
      ON CONFLICT (root_id, account_id) DO UPDATE SET following = true, read_seq = excluded.read_seq
      WHERE NOT f.following`;
    const ended = following
      ? { count: 0 }
      : await db.threadFollow.updateMany({
          where: { rootId, accountId, following: true },
          data: { following: false },
        });
    if (changed + ended.count === 0) return;
    await publish(
      db,
      { accountIds: [accountId] },
      { type: 'thread_followed', conversationId, accountId, rootId, following },
    );
  });
}
