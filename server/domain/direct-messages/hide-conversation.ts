import type { Actor } from '#server/domain/kernel/actor';
import { lockConversation } from '#server/domain/kernel/lock';
import { publish } from '#server/domain/kernel/publish';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { isMember } from '#server/domain/memberships/is-member';
import { takeStamp } from '#server/domain/messages/lock-message';

/**
 * Takes a direct conversation out of the actor's list until something new is sent, by anyone; nothing else changes.
 * Refuses `not_found` `conversation` for what the actor isn't in, `forbidden` `not_direct` for channels.
 */
export async function hideConversation(actor: Actor, conversationId: number): Promise<void> {
  const { accountId } = actor;
  await transaction(async (db) => {
    const conversation = await lockConversation(db, conversationId);
    const isVisible = conversation && (await isMember(db, conversationId, accountId));
    refuseUnless(isVisible && conversation.archivedAt === null, 'not_found', 'conversation');
    refuseUnless(conversation.kind === 'direct', 'forbidden', 'not_direct');
    // a stamp of the conversation, so that the next message is after it even when the clock stands still
    const hiddenAt = await takeStamp(db, conversation);
    await db.membership.update({
      where: { conversationId_accountId: { conversationId, accountId } },
      data: { hiddenAt },
      select: { accountId: true },
    });
    const event = { type: 'conversation_hidden', conversationId, accountId, hidden: true } as const;
    await publish(db, { accountIds: [accountId] }, event);
  });
}
