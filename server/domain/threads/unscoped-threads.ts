import type { Thread } from '#server/domain/messages/message';
import { THREAD_JSON } from '#server/domain/messages/message-json';
import { sql } from '#server/platform/database';

type ThreadState = { rootId: number; thread: Thread | null; changedAt: number };

const THREADS = `SELECT m.id AS "rootId", ${THREAD_JSON} AS thread, m.changed_at AS "changedAt" FROM message m WHERE m.id = ANY($1::bigint[])`;

/** The threads that begin with these messages, for the hub, which checks at delivery who may know. */
export async function unscopedThreads(rootIds: readonly number[]): Promise<Map<number, ThreadState>> {
  if (rootIds.length === 0) return new Map();
  const rows = await sql<ThreadState>('threads.unscoped', THREADS, [[...new Set(rootIds)]]);
  return new Map(rows.map((row) => [row.rootId, row]));
}
