import { discardStored, forgetFilesOf } from '#server/domain/files/discard-files';
import { lockConversation } from '#server/domain/kernel/lock';
import { transaction } from '#server/domain/kernel/transaction';
import { wakeHub } from '#server/domain/kernel/wake';
import { takeStamp } from '#server/domain/messages/lock-message';
import { settleThread } from '#server/domain/threads/settle-thread';
import { now } from '#server/platform/clock';
import { plain, prisma, type Transaction } from '#server/platform/database';

/**
 * Deletes everything an account has written, wherever it was. What remains is what every deleted message leaves: a
 * place in the order without content. One conversation at a time, so that no one's channel stands still for long.
 */
export async function eraseMessages(accountId: number): Promise<void> {
  const rows = await prisma.$queryRaw<{ id: bigint }[]>`
    SELECT DISTINCT conversation_id AS id FROM message WHERE sender_id = ${accountId} AND deleted_at IS NULL`;
  for (const { id } of plain(rows)) {
    const fileNames = await transaction((db) => eraseIn(db, id, accountId));
    await discardStored(fileNames);
  }
}

/** Returns the names of the files that went with them. */
async function eraseIn(db: Transaction, conversationId: number, accountId: number): Promise<string[]> {
  const conversation = await lockConversation(db, conversationId);
  if (!conversation) return [];
  const stamp = await takeStamp(db, conversation);
  const rows = await db.$queryRaw<{ id: bigint; rootId: bigint | null }[]>`
    UPDATE message
    SET text = NULL, ciphertext = NULL, nonce = NULL, mentions = '{}', mentions_everyone = false, pinned_at = NULL,
        deleted_at = ${stamp}, changed_at = ${stamp}
    WHERE conversation_id = ${conversationId} AND sender_id = ${accountId} AND deleted_at IS NULL
    RETURNING id, thread_root_id AS "rootId"`;
  const messageIds = plain(rows).map((row) => row.id);
  // what others replied stays, under a root that says nothing any more
  for (const rootId of new Set(plain(rows).flatMap((row) => row.rootId ?? [])))
    await settleThread(db, rootId, stamp);
  await publishDeletions(db, conversationId, messageIds);
  return forgetFilesOf(db, messageIds);
}

/** What `publish` writes, for thousands of messages in one statement. */
async function publishDeletions(
  db: Transaction,
  conversationId: number,
  messageIds: readonly number[],
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO event (type, conversation_id, payload, created_at)
    SELECT 'message_deleted', ${conversationId}::bigint,
           jsonb_build_object('conversationId', ${conversationId}::bigint, 'messageId', message_id), ${now()}::bigint
    FROM unnest(${messageIds}::bigint[]) WITH ORDINALITY erased(message_id, place) ORDER BY place`;
  wakeHub.afterCommit(db);
}
