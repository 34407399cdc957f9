import type { Actor } from '#server/domain/kernel/actor';
import { STANDING_COLUMNS, type ThreadStanding, VISIBLE_THREADS } from '#server/domain/threads/thread-view';
import { sql } from '#server/platform/database';

/** More than these nobody counts. */
const MOST = 100;

/** `lastAt`: the stamp of the newest reply. */
export type UnreadThread = ThreadStanding & { lastAt: number };

const UNREAD = `
  SELECT * FROM (
    SELECT ${STANDING_COLUMNS}, m.thread_last_at AS "lastAt"
    FROM ${VISIBLE_THREADS}
    WHERE me.account_id = $1 AND f.following AND m.thread_count > 0 AND m.thread_last_seq > f.read_seq) thread
  WHERE unread > 0 ORDER BY "lastAt" DESC LIMIT ${MOST}`;

/** The followed threads in which others have replied since the actor read them, the newest first; 100 at most. */
export async function unreadThreads(actor: Actor): Promise<UnreadThread[]> {
  return sql<UnreadThread>('threads.unread.list', UNREAD, [actor.accountId]);
}
