import { z } from 'zod';
import type { Actor } from '#server/domain/kernel/actor';
import { Id } from '#server/domain/kernel/ids';
import { findMessages } from '#server/domain/messages/find-messages';
import type { Message } from '#server/domain/messages/message';
import { STANDING_COLUMNS, type ThreadStanding, VISIBLE_THREADS } from '#server/domain/threads/thread-view';
import { sql } from '#server/platform/database';

const MAX_PAGE = 50;
const DEFAULT_PAGE = 20;
/** replies shown of each thread in a list */
const RECENT = 3;

export const ListThreads = z.object({
  /** the last thread of the page before */
  before: z.object({ lastReplyAt: z.number(), rootId: Id }).optional(),
  onlyUnread: z.boolean().optional(),
  limit: z.number().int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE),
});
export type ListThreads = z.input<typeof ListThreads>;

/** A followed thread with its newest replies, ascending. */
export type ThreadView = ThreadStanding & { root: Message; recent: Message[] };

const FOLLOWED = `f.following AND m.thread_count > 0`;

const LIST = `
  SELECT ${STANDING_COLUMNS},
    (SELECT array_agg(recent.id) FROM (
      SELECT r.id FROM message r WHERE r.thread_root_id = m.id AND r.deleted_at IS NULL
      ORDER BY r.seq DESC LIMIT ${RECENT}) recent) AS "recentIds"
  FROM ${VISIBLE_THREADS} WHERE me.account_id = $1 AND ${FOLLOWED}
    AND ($2::bigint IS NULL OR (m.thread_last_at, m.id) < ($2::bigint, $3::bigint))
    AND (NOT $4::boolean OR m.thread_last_seq > f.read_seq)
  ORDER BY m.thread_last_at DESC, m.id DESC LIMIT $5`;

/** The threads the actor follows, the one with the newest reply first. */
export async function listThreads(actor: Actor, input: ListThreads): Promise<ThreadView[]> {
  const { before, onlyUnread = false, limit = DEFAULT_PAGE } = input;
  const rows = await sql<ThreadStanding & { recentIds: number[] }>('threads.list', LIST, [
    actor.accountId,
    before?.lastReplyAt ?? null,
    before?.rootId ?? null,
    onlyUnread,
    limit,
  ]);
  const ids = rows.flatMap(({ rootId, recentIds }) => [rootId, ...recentIds]);
  const byId = new Map((await findMessages(actor, ids)).map((message) => [message.id, message]));
  return rows.flatMap(({ recentIds, ...standing }) => {
    const root = byId.get(standing.rootId);
    const recent = recentIds.flatMap((id) => byId.get(id) ?? []).reverse();
    return root ? [{ ...standing, root, recent }] : [];
  });
}

const COUNT = `SELECT count(*)::int AS count FROM ${VISIBLE_THREADS}
  WHERE me.account_id = $1 AND ${FOLLOWED} AND m.thread_last_seq > f.read_seq
    AND EXISTS (SELECT FROM message r WHERE r.thread_root_id = m.id AND r.seq > f.read_seq AND r.deleted_at IS NULL
                  AND r.sender_id IS DISTINCT FROM me.account_id)`;

/** In how many of the threads that the actor follows somebody else has replied since they read it. */
export async function countUnreadThreads(actor: Actor): Promise<number> {
  const [row] = await sql<{ count: number }>('threads.unread', COUNT, [actor.accountId]);
  return row?.count ?? 0;
}
