import type { Actor } from '#server/domain/kernel/actor';
import { type LockedConversation, lockConversation, nextStamp } from '#server/domain/kernel/lock';
import { refuse } from '#server/domain/kernel/refusal';
import { plain, type Transaction } from '#server/platform/database';

/** A message as the command that changes it finds it, under its conversation's lock. */
export type LockedMessage = {
  id: number;
  seq: number;
  counts: boolean;
  kind: 'text' | 'notice';
  senderId: number | null;
  threadRootId: number | null;
  pinnedAt: number | null;
  text: string | null;
  deletedAt: number | null;
};

/**
 * Takes the lock of a message's conversation; `not_found` unless the actor may see the message, by what holds under
 * the lock: they may have left while this waited for it.
 */
export async function lockMessage(
  db: Transaction,
  actor: Actor,
  messageId: number,
): Promise<{ conversation: LockedConversation; message: LockedMessage }> {
  if (!Number.isSafeInteger(messageId)) return refuse('not_found', 'message');
  const place = await db.message.findUnique({ where: { id: messageId }, select: { conversationId: true } });
  const conversation = place && (await lockConversation(db, Number(place.conversationId)));
  if (!conversation || conversation.archivedAt !== null) return refuse('not_found', 'message');
  const rows = await db.$queryRaw<LockedMessage[]>`
    SELECT m.id, m.seq, m.counts, m.kind, m.sender_id AS "senderId",
           m.thread_root_id AS "threadRootId", m.pinned_at AS "pinnedAt", m.text, m.deleted_at AS "deletedAt"
    FROM message m JOIN membership me ON me.conversation_id = m.conversation_id AND m.seq > me.history_start
    WHERE m.id = ${messageId} AND me.account_id = ${actor.accountId}`;
  if (!rows[0]) return refuse('not_found', 'message');
  return { conversation, message: plain(rows[0]) as LockedMessage };
}

/** The stamp of a change to a message, noted as the newest of the locked conversation. */
export async function takeStamp(db: Transaction, conversation: LockedConversation): Promise<number> {
  const stamp = nextStamp(conversation);
  await db.conversation.update({
    where: { id: conversation.id },
    data: { lastStamp: stamp },
    select: { id: true },
  });
  return stamp;
}
