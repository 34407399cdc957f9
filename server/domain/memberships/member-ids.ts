import type { Actor } from '#server/domain/kernel/actor';
import { sql } from '#server/platform/database';

/** Who is in some conversations, by their ids, ascending; those that the actor isn't in are missing. */
export async function memberIds(
  { accountId }: Actor,
  conversationIds: readonly number[],
): Promise<Map<number, number[]>> {
  if (conversationIds.length === 0) return new Map();
  const rows = await sql<{ conversationId: number; ids: number[] }>(
    'memberships.ids',
    `SELECT m.conversation_id AS "conversationId", array_agg(m.account_id ORDER BY m.account_id) AS ids
     FROM membership m JOIN membership mine ON mine.conversation_id = m.conversation_id AND mine.account_id = $1
     WHERE m.conversation_id = ANY ($2::bigint[]) GROUP BY m.conversation_id`,
    [accountId, conversationIds],
  );
  return new Map(rows.map(({ conversationId, ids }) => [conversationId, ids]));
}
