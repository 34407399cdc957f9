import { PLACES } from '#server/domain/messages/policy';

/** Where the actor stands in a thread. */
export type ThreadStanding = {
  rootId: number;
  conversationId: number;
  following: boolean;
  readSeq: number;
  /** live replies by others after `readSeq`, counted up to 100; 0 for who doesn't follow */
  unread: number;
};

/** More than this many are not worth counting. */
const MOST_COUNTED = 100;

/** SQL: the live roots `m` of threads that the member `me` sees, with how they follow them, `f`, if they ever did. */
export const VISIBLE_THREADS = `
  ${PLACES} JOIN message m ON m.conversation_id = c.id AND m.seq > me.history_start AND m.deleted_at IS NULL
    AND m.thread_root_id IS NULL AND m.kind = 'text'
  LEFT JOIN thread_follow f ON f.root_id = m.id AND f.account_id = me.account_id`;

/** SQL: the columns of a `ThreadStanding`. */
export const STANDING_COLUMNS = `
  m.id AS "rootId", m.conversation_id AS "conversationId", coalesce(f.following, false) AS following,
  coalesce(f.read_seq, 0) AS "readSeq",
  CASE WHEN f.following AND m.thread_last_seq > f.read_seq THEN (
    SELECT count(*)::int FROM (
      SELECT FROM message r WHERE r.thread_root_id = m.id AND r.seq > f.read_seq AND r.deleted_at IS NULL
        AND r.sender_id IS DISTINCT FROM me.account_id LIMIT ${MOST_COUNTED}) unread) ELSE 0 END AS unread`;
