import { z } from 'zod';
import type { Actor } from '#server/domain/kernel/actor';
import { Id } from '#server/domain/kernel/ids';
import { publish } from '#server/domain/kernel/publish';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { resolveMentions } from '#server/domain/mentions/resolve-mentions';
import { rereadMessage } from '#server/domain/messages/find-messages';
import { lockMessage, takeStamp } from '#server/domain/messages/lock-message';
import type { Message } from '#server/domain/messages/message';
import { messageText } from '#server/domain/messages/message-text';

export const EditMessage = z.object({ messageId: Id, text: z.string() });
export type EditMessage = z.input<typeof EditMessage>;

/**
 * Replaces what one's own message says and whom it mentions. Its place, its `createdAt` and what is unread stay.
 *
 * Refuses, in this order: `invalid/empty`, `too_large/message_too_long`, `not_found/message` for what the actor
 * can't see, `forbidden/not_the_sender`, `conflict/not_editable` for a deleted message or one of files alone.
 */
export async function editMessage(actor: Actor, { messageId, text: raw }: EditMessage): Promise<Message> {
  const text = messageText(raw);
  refuseUnless(text !== null, 'invalid', 'empty');

  await transaction(async (db) => {
    const { conversation, message } = await lockMessage(db, actor, messageId);
    refuseUnless(message.senderId === actor.accountId, 'forbidden', 'not_the_sender');
    refuseUnless(message.text !== null && message.deletedAt === null, 'conflict', 'not_editable');

    const stamp = await takeStamp(db, conversation);
    const mentions = await resolveMentions(db, conversation.id, text);
    await db.message.update({
      where: { id: messageId },
      data: { text, ...mentions, editedAt: stamp, changedAt: stamp },
      select: { id: true },
    });
    await publish(
      db,
      { conversationId: conversation.id },
      { type: 'message_edited', conversationId: conversation.id, messageId },
    );
  });
  return rereadMessage(messageId);
}
