import type { InstanceRole } from '#server/domain/kernel/actor';
import type { ConversationKind, MemberRole, Visibility } from '#server/platform/database';

/** Whether its members, all alike, decide what it is called and who is in it: so it is in private channels. */
export function isRunByMembers(place: { kind: ConversationKind; visibility: Visibility }): boolean {
  return place.kind === 'channel' && place.visibility === 'private';
}

/** Whether a member may send into a conversation. The database function `post_messages` holds the same rule. */
export function mayPost(
  place: { adminsOnly: boolean },
  member: { role: MemberRole; instanceRole: InstanceRole },
): boolean {
  return !place.adminsOnly || member.role !== 'member' || member.instanceRole !== 'member';
}
