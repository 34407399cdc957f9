import { lockConversation } from '#server/domain/kernel/lock';
import { publish } from '#server/domain/kernel/publish';
import { takeStamp } from '#server/domain/messages/lock-message';
import { storable } from '#server/domain/messages/message-text';
import type { Transaction } from '#server/platform/database';

/**
 * Writes a notice ("alice has left the channel") inside another command's transaction, with its event. Nobody has
 * it unread. Takes the conversation's lock, which the command may hold already. Answers the notice's id.
 */
export async function postNotice(db: Transaction, conversationId: number, text: string): Promise<number> {
  const conversation = await lockConversation(db, conversationId);
  if (!conversation) throw new Error(`there is no conversation ${conversationId} to post a notice in`);
  const stamp = await takeStamp(db, conversation);
  const seq = conversation.lastSeq + 1;
  await db.conversation.update({
    where: { id: conversationId },
    data: { lastSeq: seq, lastSentAt: stamp },
    select: { id: true },
  });
  const { id } = await db.message.create({
    data: {
      conversationId,
      seq,
      ordinal: conversation.lastOrdinal,
      counts: false,
      kind: 'notice',
      text: storable(text),
      createdAt: stamp,
      changedAt: stamp,
    },
    select: { id: true },
  });
  await db.membership.updateMany({
    where: { conversationId, hiddenAt: { not: null } },
    data: { hiddenAt: null },
  });
  await publish(db, { conversationId }, { type: 'message_sent', conversationId, messageIds: [Number(id)] });
  return Number(id);
}
