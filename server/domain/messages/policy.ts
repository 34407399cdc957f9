import type { InstanceRole } from '#server/domain/kernel/actor';
import type { MemberRole } from '#server/platform/database';

/**
 * SQL: the conversations `c` that somebody takes part in, with their membership `me`; the query adds who that is.
 * An archived conversation is nowhere for anybody.
 */
export const PLACES =
  'membership me JOIN conversation c ON c.id = me.conversation_id AND c.archived_at IS NULL';

/** SQL: the messages `m` in those conversations that the member may see. */
export const VISIBLE_MESSAGES = `${PLACES} JOIN message m ON m.conversation_id = c.id AND m.seq > me.history_start`;

/** Whether a member may send into a conversation that is not archived. `post_messages` holds the same rule. */
export function mayPost(
  conversation: { adminsOnly: boolean },
  member: { role: MemberRole; instanceRole: InstanceRole },
): boolean {
  return !conversation.adminsOnly || member.role !== 'member' || member.instanceRole !== 'member';
}
