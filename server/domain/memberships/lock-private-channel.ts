import { isRunByMembers } from '#server/domain/conversations/policy';
import type { Actor } from '#server/domain/kernel/actor';
import { type LockedConversation, lockConversation } from '#server/domain/kernel/lock';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { isMember } from '#server/domain/memberships/is-member';
import type { Transaction } from '#server/platform/database';

/**
 * Locks a private channel for a change of its name or members, which is every member's right. Refuses `not_found`
 * `conversation` for what the actor isn't in, `forbidden` `not_run_by_members` for conversations of other kinds.
 */
export async function lockPrivateChannel(
  db: Transaction,
  actor: Actor,
  conversationId: number,
): Promise<LockedConversation> {
  const conversation = await lockConversation(db, conversationId);
  const isVisible =
    conversation && conversation.archivedAt === null && (await isMember(db, conversationId, actor.accountId));
  refuseUnless(isVisible, 'not_found', 'conversation');
  refuseUnless(isRunByMembers(conversation), 'forbidden', 'not_run_by_members');
  return conversation;
}
