import { discardStored, forgetFilesOf } from '#server/domain/files/discard-files';
import { type LockedConversation, lockConversation } from '#server/domain/kernel/lock';
import { publish } from '#server/domain/kernel/publish';
import { transaction } from '#server/domain/kernel/transaction';
import { takeBack } from '#server/domain/messages/take-back';
import { plain, prisma, type Transaction } from '#server/platform/database';

/** So many messages go in one transaction: the conversation's lock is not held for long. */
const BATCH = 500;

/**
 * Removes every message sent before a stamp, with its reactions and files. A conversation always loses its oldest
 * messages, so what is left stays dense above `prunedSeq`. Answers how many went.
 */
export async function pruneMessages(before: number): Promise<number> {
  const aged = await prisma.$queryRaw<{ id: bigint; last: number }[]>`
    SELECT conversation_id AS id, max(seq) AS last FROM message WHERE created_at < ${before} GROUP BY conversation_id`;
  let removed = 0;
  for (const { id, last } of aged) removed += await pruneConversation(Number(id), last);
  return removed;
}

async function pruneConversation(conversationId: number, last: number): Promise<number> {
  for (let removed = 0; ; ) {
    const batch = await transaction((db) => pruneBatch(db, conversationId, last));
    await discardStored(batch.files);
    removed += batch.removed;
    if (batch.removed === 0) return removed;
  }
}

async function pruneBatch(db: Transaction, conversationId: number, last: number) {
  const conversation = await lockConversation(db, conversationId);
  const oldest = plain(
    await db.message.findMany({
      where: { conversationId, seq: { lte: last } },
      orderBy: { seq: 'asc' },
      take: BATCH,
      select: { id: true, seq: true, ordinal: true },
    }),
  );
  const newest = oldest.at(-1);
  if (!conversation || !newest) return { removed: 0, files: [] };

  const ids = oldest.map(({ id }) => id);
  const files = [
    ...(await takeBackLaterReplies(db, conversation, ids, newest.seq)),
    ...(await forgetFilesOf(db, ids)),
  ];
  await db.message.deleteMany({ where: { id: { in: ids } } });
  await db.conversation.update({
    where: { id: conversationId },
    data: { prunedSeq: newest.seq },
    select: { id: true },
  });
  await moveMarksPast(db, conversationId, newest);
  await publish(db, { conversationId }, { type: 'messages_pruned', conversationId, prunedSeq: newest.seq });
  return { removed: ids.length, files };
}

/** A thread goes with its root: what was replied since, and is not old enough to go by itself, is deleted. */
async function takeBackLaterReplies(
  db: Transaction,
  conversation: LockedConversation,
  rootIds: readonly number[],
  seq: number,
): Promise<string[]> {
  const replies = plain(
    await db.message.findMany({
      where: { threadRootId: { in: [...rootIds] }, seq: { gt: seq }, deletedAt: null },
      select: { id: true, threadRootId: true },
      orderBy: { seq: 'asc' },
    }),
  );
  return replies.length > 0 ? takeBack(db, conversation, replies) : [];
}

/** What is gone can't be unread. Nobody has read it for that, so what others see of a mark stays where it was. */
async function moveMarksPast(
  db: Transaction,
  conversationId: number,
  { seq, ordinal }: { seq: number; ordinal: number },
): Promise<void> {
  await db.$executeRaw`
    UPDATE membership me SET read_seq = ${seq}, read_ordinal = ${ordinal},
      own_unread = CASE WHEN me.own_unread = 0 THEN 0 ELSE (
        SELECT count(*) FROM message m WHERE m.conversation_id = me.conversation_id AND m.seq > ${seq}
          AND m.sender_id = me.account_id AND m.counts AND m.deleted_at IS NULL) END
    WHERE me.conversation_id = ${conversationId} AND me.read_seq < ${seq}`;
}
