import { now } from '#server/platform/clock';
import { type ConversationKind, plain, type Transaction, type Visibility } from '#server/platform/database';

/** What a command sees of the conversation it holds the lock of. */
export type LockedConversation = {
  id: number;
  kind: ConversationKind;
  visibility: Visibility;
  adminsOnly: boolean;
  archivedAt: number | null;
  lastSeq: number;
  lastOrdinal: number;
  lastStamp: number;
};

/**
 * Takes the conversation's row lock until the transaction ends; null if there is no such conversation. Everything
 * ordered inside a conversation (sequence numbers, stamps, membership) is written under it.
 */
export async function lockConversation(db: Transaction, id: number): Promise<LockedConversation | null> {
  const rows = await db.$queryRaw<LockedConversation[]>`
    SELECT id, kind, visibility, admins_only AS "adminsOnly", archived_at AS "archivedAt",
           last_seq AS "lastSeq", last_ordinal AS "lastOrdinal", last_stamp AS "lastStamp"
    FROM conversation WHERE id = ${id} FOR UPDATE`;
  return rows[0] ? (plain(rows[0]) as LockedConversation) : null;
}

/**
 * The next stamp of a locked conversation: the clock, or one microsecond past the last, so that every stamp given
 * out there is larger than all before it. The caller stores it as `lastStamp`.
 */
export function nextStamp(conversation: Pick<LockedConversation, 'lastStamp'>): number {
  return Math.max(now(), conversation.lastStamp + 1);
}
