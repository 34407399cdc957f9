import type { Actor } from '#server/domain/kernel/actor';
import { refuse } from '#server/domain/kernel/refusal';
import { unseen } from '#server/domain/kernel/unseen';
import type { Message } from '#server/domain/messages/message';
import { messagesJson } from '#server/domain/messages/message-json';
import { PLACES } from '#server/domain/messages/policy';
import { fromRecent } from '#server/domain/messages/recent-cache';
import { sql } from '#server/platform/database';

// In one conversation `seq`, `createdAt` and `id` all grow together, so by `seq` is by (createdAt, id).
const ALL = `
  SELECT ${messagesJson({
    where: 'm.conversation_id = c.id AND m.seq > me.history_start',
    order: 'm.seq',
  })} AS messages
  FROM ${PLACES} WHERE me.account_id = $1 AND me.conversation_id = $2`;

// The LIMIT never cuts anything: it makes the index on changes look better to the planner than the conversation
// read from end to end, which is what it takes for a stamp it doesn't know.
const CHANGED = `
  SELECT ${messagesJson({
    from: `(SELECT * FROM message WHERE conversation_id = $2 AND changed_at > ${unseen('$3::bigint')}
            ORDER BY changed_at LIMIT ${unseen('$4::bigint')}) m`,
    where: 'm.seq > me.history_start',
    order: 'm.seq',
  })} AS messages
  FROM ${PLACES} WHERE me.account_id = $1 AND me.conversation_id = $2`;

const NO_LIMIT = 2 ** 31 - 1;

/**
 * Every message of a conversation that was sent, edited, deleted or reacted to after a stamp, by (createdAt, id); 0
 * for all of it. A poller that passes the largest `changedAt` it has seen misses nothing and gets nothing twice.
 * `not_found/conversation` where the actor doesn't take part.
 */
export async function changedSince(actor: Actor, conversationId: number, stamp: number): Promise<Message[]> {
  // NaN is no stamp either
  const from = Math.max(stamp || 0, 0);
  const recent = await fromRecent(actor, conversationId, (kept, reach) => kept.changedSince(reach, from));
  return recent ?? readChangedSince(actor, conversationId, stamp);
}

/** The same from the database alone. */
export async function readChangedSince(
  actor: Actor,
  conversationId: number,
  stamp: number,
): Promise<Message[]> {
  const place = [actor.accountId, conversationId];
  const [found] =
    stamp > 0
      ? await sql<Found>('messages.changed', CHANGED, [
          ...place,
          Math.min(Math.floor(stamp), Number.MAX_SAFE_INTEGER),
          NO_LIMIT,
        ])
      : await sql<Found>('messages.all', ALL, place);
  return found?.messages ?? refuse('not_found', 'conversation');
}

type Found = { messages: Message[] };
