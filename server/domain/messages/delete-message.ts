import { z } from 'zod';
import { discardStored, forgetFilesOf } from '#server/domain/files/discard-files';
import type { Actor } from '#server/domain/kernel/actor';
import { Id } from '#server/domain/kernel/ids';
import { publish } from '#server/domain/kernel/publish';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { rereadMessage } from '#server/domain/messages/find-messages';
import { type LockedMessage, lockMessage, takeStamp } from '#server/domain/messages/lock-message';
import type { Message } from '#server/domain/messages/message';
import type { Transaction } from '#server/platform/database';

export const DeleteMessage = z.object({ messageId: Id });
export type DeleteMessage = z.input<typeof DeleteMessage>;

/**
 * Takes back one's own message: its place stays, its text, files, mentions and reactions are gone for everybody.
 * Deleting it again only refreshes `deletedAt`. Refuses `not_found/message`, `forbidden/not_the_sender`.
 */
export async function deleteMessage(actor: Actor, { messageId }: DeleteMessage): Promise<Message> {
  const files = await transaction(async (db) => {
    const { conversation, message } = await lockMessage(db, actor, messageId);
    refuseUnless(message.senderId === actor.accountId, 'forbidden', 'not_the_sender');

    const stamp = await takeStamp(db, conversation);
    await db.message.update({
      where: { id: messageId },
      data: { text: null, mentions: [], mentionsEveryone: false, deletedAt: stamp, changedAt: stamp },
      select: { id: true },
    });
    if (message.deletedAt === null) await countOwnUnread(db, conversation.id, actor.accountId, message);
    await publish(
      db,
      { conversationId: conversation.id },
      { type: 'message_deleted', conversationId: conversation.id, messageId },
    );
    return forgetFilesOf(db, [messageId]);
  });
  await discardStored(files);
  return rereadMessage(messageId);
}

/** `ownUnread` counts the sender's live messages after their mark; this one no longer lives. */
async function countOwnUnread(
  db: Transaction,
  conversationId: number,
  accountId: number,
  { seq, counts }: LockedMessage,
): Promise<void> {
  if (!counts) return;
  await db.membership.updateMany({
    where: { conversationId, accountId, readSeq: { lt: seq }, ownUnread: { gt: 0 } },
    data: { ownUnread: { decrement: 1 } },
  });
}
