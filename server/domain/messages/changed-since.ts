import type { Actor } from '#server/domain/kernel/actor';
import { refuse } from '#server/domain/kernel/refusal';
import type { Message } from '#server/domain/messages/message';
import { messagesJson } from '#server/domain/messages/message-json';
import { PLACES } from '#server/domain/messages/policy';
import { sql } from '#server/platform/database';

const CHANGED = `
  SELECT ${messagesJson({
    where: 'm.conversation_id = c.id AND m.seq > me.history_start AND m.changed_at > $3',
    order: 'm.created_at, m.id',
  })} AS messages
  FROM ${PLACES} WHERE me.account_id = $1 AND me.conversation_id = $2`;

/**
 * Every message of a conversation that was sent, edited, deleted or reacted to after a stamp, by (createdAt, id).
 * A poller that passes the largest `changedAt` it has seen misses nothing and gets nothing twice.
 */
export async function changedSince(actor: Actor, conversationId: number, stamp: number): Promise<Message[]> {
  const [found] = await sql<{ messages: Message[] }>('messages.changed', CHANGED, [
    actor.accountId,
    conversationId,
    Math.floor(stamp),
  ]);
  return found?.messages ?? refuse('not_found', 'conversation');
}
