import type { Actor } from '#server/domain/kernel/actor';
import type { ConversationKind } from '#server/platform/database';

/**
 * SQL: the conversations `c` that somebody takes part in, with their membership `me`; the query adds whose. An
 * archived conversation is nowhere for anybody.
 */
export const PLACES =
  'membership me JOIN conversation c ON c.id = me.conversation_id AND c.archived_at IS NULL';

/** SQL: the messages `m` of those conversations that the member may see. */
export const VISIBLE_MESSAGES = `${PLACES} JOIN message m ON m.conversation_id = c.id AND m.seq > me.history_start`;

/** Whether somebody who sees a message may delete it: its sender, and in channels whoever administers the server. */
export function mayRemove(
  actor: Pick<Actor, 'accountId' | 'role'>,
  place: { kind: ConversationKind },
  message: { senderId: number | null },
): boolean {
  return message.senderId === actor.accountId || (place.kind === 'channel' && actor.role !== 'member');
}
