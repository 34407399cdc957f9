import { forgetFilesOf } from '#server/domain/files/discard-files';
import type { LockedConversation } from '#server/domain/kernel/lock';
import { publish } from '#server/domain/kernel/publish';
import { type LockedMessage, takeStamp } from '#server/domain/messages/lock-message';
import { settleThread } from '#server/domain/threads/settle-thread';
import { plain, type Transaction } from '#server/platform/database';

/**
 * Deletes messages of a locked conversation, each with the thread that begins there, as one moment: their places stay,
 * what they said is gone. Publishes an event for each. Returns the names of the files that went with them, for
 * `discardStored` after the commit. Whether it is allowed is for the command to say.
 */
export async function takeBack(
  db: Transaction,
  conversation: LockedConversation,
  messages: readonly Pick<LockedMessage, 'id' | 'threadRootId'>[],
): Promise<string[]> {
  const stamp = await takeStamp(db, conversation);
  const ids = messages.map(({ id }) => id);
  const replies = await eraseReplies(db, ids, stamp);
  const senders = await erase(db, ids, stamp);
  await recountOwnUnread(db, conversation.id, [...senders, ...replies.map(({ senderId }) => senderId)]);
  for (const rootId of new Set(messages.flatMap((message) => message.threadRootId ?? []))) {
    await settleThread(db, rootId, stamp);
  }
  for (const messageId of ids) {
    const replyIds = replies.filter(({ rootId }) => rootId === messageId).map(({ id }) => id);
    await publish(
      db,
      { conversationId: conversation.id },
      { type: 'message_deleted', conversationId: conversation.id, messageId, replyIds },
    );
  }
  return forgetFilesOf(db, [...ids, ...replies.map(({ id }) => id)]);
}

/** Answers who had written them. */
async function erase(db: Transaction, ids: readonly number[], stamp: number): Promise<(number | null)[]> {
  const rows = await db.$queryRaw<{ senderId: bigint | null }[]>`
    UPDATE message
    SET text = NULL, ciphertext = NULL, nonce = NULL, mentions = '{}', mentions_everyone = false, pinned_at = NULL,
        thread_count = 0, thread_last_seq = 0, thread_last_at = NULL, thread_last_by_id = NULL, thread_people = '{}',
        deleted_at = ${stamp}, changed_at = ${stamp}
    WHERE id = ANY(${ids}::bigint[]) RETURNING sender_id AS "senderId"`;
  return plain(rows).map(({ senderId }) => senderId);
}

type Reply = { id: number; rootId: number; senderId: number | null };

/** The live replies in the threads that begin with these messages, ascending. */
async function eraseReplies(db: Transaction, rootIds: readonly number[], stamp: number): Promise<Reply[]> {
  const rows = await db.$queryRaw<{ id: bigint; rootId: bigint; senderId: bigint | null }[]>`
    UPDATE message
    SET text = NULL, ciphertext = NULL, nonce = NULL, mentions = '{}', mentions_everyone = false, pinned_at = NULL,
        deleted_at = ${stamp}, changed_at = ${stamp}
    WHERE thread_root_id = ANY(${rootIds}::bigint[]) AND deleted_at IS NULL
    RETURNING id, thread_root_id AS "rootId", sender_id AS "senderId"`;
  return plain(rows).sort((a, b) => a.id - b.id);
}

/** `ownUnread` counts somebody's own live messages after their mark, and is only ever above 0 after marking unread. */
async function recountOwnUnread(
  db: Transaction,
  conversationId: number,
  senderIds: readonly (number | null)[],
): Promise<void> {
  const senders = senderIds.filter((id) => id !== null);
  await db.$executeRaw`
    UPDATE membership me SET own_unread = (
      SELECT count(*) FROM message m WHERE m.conversation_id = me.conversation_id AND m.seq > me.read_seq
        AND m.sender_id = me.account_id AND m.counts AND m.deleted_at IS NULL)
    WHERE me.conversation_id = ${conversationId} AND me.account_id = ANY(${senders}::bigint[]) AND me.own_unread > 0`;
}
