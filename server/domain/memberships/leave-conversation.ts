import { isRunByMembers } from '#server/domain/conversations/policy';
import type { Actor } from '#server/domain/kernel/actor';
import { lockConversation } from '#server/domain/kernel/lock';
import { publish } from '#server/domain/kernel/publish';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { postNotice } from '#server/domain/messages/post-notice';
import type { Transaction } from '#server/platform/database';

/**
 * Leaves a private channel; those who stay read so there. The last one to go leaves it empty, not deleted. Refuses
 * `not_found` `conversation` for anything that is no private channel, but `forbidden` `not_a_member` for one of
 * other people: that it exists is documented to be told (minimost.md §2.11).
 */
export async function leaveConversation(actor: Actor, conversationId: number): Promise<void> {
  await transaction(async (db) => {
    const conversation = await lockConversation(db, conversationId);
    const isThere = conversation && conversation.archivedAt === null && isRunByMembers(conversation);
    refuseUnless(isThere, 'not_found', 'conversation');
    const left = await removeMember(db, conversationId, actor.accountId);
    refuseUnless(left, 'forbidden', 'not_a_member');
    if (await db.membership.findFirst({ where: { conversationId }, select: { accountId: true } })) {
      await postNotice(db, conversationId, `${actor.username} has left the channel`);
    }
  });
}

/** Under the conversation's lock. Whether there was a membership to remove. */
export async function removeMember(
  db: Transaction,
  conversationId: number,
  accountId: number,
): Promise<boolean> {
  const { count } = await db.membership.deleteMany({ where: { conversationId, accountId } });
  if (count === 0) return false;
  const event = { type: 'member_left', conversationId, accountId } as const;
  await publish(db, { conversationId }, event);
  // who has left is not among the conversation's members any more when this is delivered
  await publish(db, { accountIds: [accountId] }, event);
  return true;
}
