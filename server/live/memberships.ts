import { sql } from '#server/platform/database';

/** Where a member's view of a conversation begins: they may see messages with a larger `seq`. */
export type Membership = { conversationId: number; accountId: number; historyStart: number };

const SELECT = `
  SELECT m.conversation_id AS "conversationId", m.account_id AS "accountId", m.history_start AS "historyStart"
  FROM membership m JOIN conversation c ON c.id = m.conversation_id
  WHERE c.archived_at IS NULL`;

/** Every conversation an account is in. */
export function membershipsOf(accountId: number): Promise<Membership[]> {
  return sql('live.memberships-of', `${SELECT} AND m.account_id = $1`, [accountId]);
}

/** Who of these accounts is in which of these conversations. */
export function membershipsAmong(accountIds: number[], conversationIds: number[]): Promise<Membership[]> {
  return sql(
    'live.memberships-among',
    `${SELECT} AND m.account_id = ANY ($1::bigint[]) AND m.conversation_id = ANY ($2::bigint[])`,
    [accountIds, conversationIds],
  );
}

/** Those of these conversations that are archived: nobody sees them any more. */
export async function archivedAmong(conversationIds: number[]): Promise<number[]> {
  const rows = await sql<{ id: number }>(
    'live.archived-among',
    'SELECT id FROM conversation WHERE id = ANY ($1::bigint[]) AND archived_at IS NOT NULL',
    [conversationIds],
  );
  return rows.map(({ id }) => id);
}
