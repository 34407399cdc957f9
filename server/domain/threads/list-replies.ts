import { z } from 'zod';
import type { Actor } from '#server/domain/kernel/actor';
import { Id } from '#server/domain/kernel/ids';
import { refuse } from '#server/domain/kernel/refusal';
import type { Message } from '#server/domain/messages/message';
import { messagesJson } from '#server/domain/messages/message-json';
import { VISIBLE_THREADS } from '#server/domain/threads/thread-view';
import { sql } from '#server/platform/database';

const MAX_PAGE = 200;
const DEFAULT_PAGE = 50;

export const ListReplies = z.object({
  rootId: Id,
  /** a reply: those just before it */
  before: Id.optional(),
  limit: z.number().int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE),
});
export type ListReplies = z.input<typeof ListReplies>;

const REPLIES = `
  SELECT ${messagesJson({
    from: `(SELECT * FROM message r WHERE r.thread_root_id = $2 AND r.deleted_at IS NULL
              AND r.seq < CASE WHEN $3::bigint IS NULL THEN 2147483647
                               ELSE (SELECT seq FROM message WHERE id = $3 AND thread_root_id = $2) END
            ORDER BY r.seq DESC LIMIT $4) m`,
    where: 'true',
    order: 'm.seq',
  })} AS replies
  FROM ${VISIBLE_THREADS} WHERE me.account_id = $1 AND m.id = $2`;

/**
 * The newest live replies of a thread, or those just before one, ascending; none before a reply of another thread.
 * `not_found/message` as `findThread`.
 */
export async function listReplies(actor: Actor, input: ListReplies): Promise<Message[]> {
  const { rootId, before, limit = DEFAULT_PAGE } = input;
  if (!Number.isSafeInteger(rootId)) return refuse('not_found', 'message');
  const [found] = await sql<{ replies: Message[] }>('threads.replies', REPLIES, [
    actor.accountId,
    rootId,
    before ?? null,
    Math.min(Math.max(limit, 1), MAX_PAGE),
  ]);
  return found?.replies ?? refuse('not_found', 'message');
}
