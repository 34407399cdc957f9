import { z } from 'zod';
import type { Actor } from '#server/domain/kernel/actor';
import { Id } from '#server/domain/kernel/ids';
import { refuse } from '#server/domain/kernel/refusal';
import type { Message } from '#server/domain/messages/message';
import { messagesJson } from '#server/domain/messages/message-json';
import { PLACES } from '#server/domain/messages/policy';
import { fromRecent } from '#server/domain/messages/recent-cache';
import { sql } from '#server/platform/database';

const MAX_PAGE = 200;
const DEFAULT_PAGE = 50;

export const ListTopMessages = z.object({
  conversationId: Id,
  /** a message of that conversation, live or not: those just before it */
  before: Id.optional(),
  limit: z.number().int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE),
});
export type ListTopMessages = z.input<typeof ListTopMessages>;

/** The same as `isTopMessage` in SQL. */
const TOP = `thread_root_id IS NULL AND deleted_at IS NULL AND kind = 'text'`;

const PAGE = `
  SELECT ${messagesJson({
    from: `(SELECT * FROM message one WHERE one.conversation_id = c.id AND one.seq > me.history_start
              AND one.seq < CASE WHEN $3::bigint IS NULL THEN 2147483647
                                 ELSE (SELECT seq FROM message WHERE id = $3 AND conversation_id = c.id) END
              AND ${TOP} ORDER BY one.seq DESC LIMIT $4) m`,
    where: 'true',
    order: 'm.seq',
  })} AS messages
  FROM ${PLACES} WHERE me.account_id = $1 AND me.conversation_id = $2`;

/** What people and bots say in a conversation itself: no replies in threads, no notices, nothing deleted. */
export function isTopMessage({ threadRootId, deletedAt, kind }: Message): boolean {
  return threadRootId === null && deletedAt === null && kind === 'text';
}

/**
 * The newest `limit` such messages, or those just before one, ascending; none before a message that isn't there. For
 * faces that show a conversation without its gaps. `not_found/conversation` where the actor doesn't take part.
 */
export async function listTopMessages(actor: Actor, input: ListTopMessages): Promise<readonly Message[]> {
  const limit = Math.min(Math.max(input.limit ?? DEFAULT_PAGE, 1), MAX_PAGE);
  if (input.before !== undefined) return readTopMessages(actor, input);
  const recent = await fromRecent(actor, input.conversationId, (kept, reach) =>
    kept.newestWhere(isTopMessage, reach, limit),
  );
  return recent ?? readTopMessages(actor, input);
}

/** The same from the database alone. */
export async function readTopMessages(
  actor: Actor,
  { conversationId, before, limit = DEFAULT_PAGE }: ListTopMessages,
): Promise<Message[]> {
  const [found] = await sql<{ messages: Message[] }>('messages.top', PAGE, [
    actor.accountId,
    conversationId,
    before ?? null,
    Math.min(Math.max(limit, 1), MAX_PAGE),
  ]);
  return found?.messages ?? refuse('not_found', 'conversation');
}
