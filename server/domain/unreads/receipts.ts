import type { Actor, Person } from '#server/domain/kernel/actor';
import { refuse } from '#server/domain/kernel/refusal';
import { personJson } from '#server/domain/messages/message-json';
import { PLACES } from '#server/domain/messages/policy';
import { sql } from '#server/platform/database';

/** How far a member has read: a message is read by them when `readStamp >= message.createdAt`. */
export type Receipt = { person: Person; readSeq: number; readStamp: number };

const RECEIPTS = `
  SELECT coalesce((
    SELECT json_agg(json_build_object(
      'person', ${personJson('a')},
      'readSeq', member.read_seq, 'readStamp', member.read_stamp) ORDER BY a.username::text COLLATE "C", a.id)
    FROM membership member JOIN account a ON a.id = member.account_id AND a.deleted_at IS NULL
    WHERE member.conversation_id = c.id AND member.read_stamp > 0), '[]') AS receipts
  FROM ${PLACES} WHERE me.account_id = $1 AND me.conversation_id = $2`;

/**
 * The receipts of a conversation's members who have read something, the actor's own included, by name.
 * `not_found/conversation` where the actor doesn't take part.
 */
export async function receipts(actor: Actor, conversationId: number): Promise<Receipt[]> {
  const [found] = await sql<{ receipts: Receipt[] }>('unreads.receipts', RECEIPTS, [
    actor.accountId,
    conversationId,
  ]);
  return found?.receipts ?? refuse('not_found', 'conversation');
}
