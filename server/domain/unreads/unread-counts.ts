import type { Actor } from '#server/domain/kernel/actor';
import { PLACES } from '#server/domain/messages/policy';
import { sql } from '#server/platform/database';

/** Where the actor stands in one conversation. */
export type UnreadCount = {
  conversationId: number;
  /** live messages by others after the read mark that count */
  unread: number;
  /** those of them that mention the actor or everyone */
  mentions: number;
  lastSeq: number;
  readSeq: number;
  /** the newest stamp ever read, which marking as unread does not take back */
  readStamp: number;
};

/** SQL: the live messages `m` by others that mention the member `me` and come after their read mark. */
export const UNREAD_MENTION = `
  m.conversation_id = me.conversation_id AND m.seq > me.read_seq AND m.seq > me.history_start
  AND m.deleted_at IS NULL AND (m.mentions_everyone OR m.mentions <> '{}')
  AND (m.mentions_everyone OR me.account_id = ANY (m.mentions)) AND m.sender_id IS DISTINCT FROM me.account_id`;

/**
 * SQL: the columns `unread` and `mentions` of the member `me` of the conversation `c`. A subtraction and two partial
 * indexes that hold only what was deleted and what mentions somebody: the cost does not grow with how far somebody
 * is behind (docs/decisions/004-unread-by-ordinals.md).
 */
export const UNREAD_COLUMNS = `
    CASE WHEN me.read_seq >= c.last_seq THEN 0 ELSE c.last_ordinal - me.read_ordinal - me.own_unread - (
      SELECT count(*)::int FROM message m
      WHERE m.conversation_id = c.id AND m.seq > me.read_seq AND m.deleted_at IS NOT NULL AND m.counts) END AS unread,
    CASE WHEN me.read_seq >= c.last_seq THEN 0 ELSE (
      SELECT count(*)::int FROM message m WHERE ${UNREAD_MENTION} AND m.counts) END AS mentions`;

const COUNTS = `
  SELECT c.id AS "conversationId", c.last_seq AS "lastSeq", me.read_seq AS "readSeq", me.read_stamp AS "readStamp",
    ${UNREAD_COLUMNS}
  FROM ${PLACES} WHERE me.account_id = $1`;

/** One row for each conversation the actor is in, hidden ones included. */
export async function unreadCounts(actor: Actor): Promise<UnreadCount[]> {
  return sql<UnreadCount>('unreads.counts', COUNTS, [actor.accountId]);
}
