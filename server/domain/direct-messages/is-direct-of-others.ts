import type { Actor } from '#server/domain/kernel/actor';
import { sql } from '#server/platform/database';

/**
 * Whether a live message is in a direct conversation that the actor has no part in: one documented call tells that
 * apart from a message that isn't there (mikrochat.md E31).
 */
export async function isDirectOfOthers(actor: Actor, messageId: number): Promise<boolean> {
  const rows = await sql(
    'direct-messages.of-others',
    `SELECT 1 FROM message m JOIN conversation c ON c.id = m.conversation_id
     WHERE m.id = $1 AND m.deleted_at IS NULL AND c.kind = 'direct'
       AND NOT EXISTS (SELECT 1 FROM membership me WHERE me.conversation_id = c.id AND me.account_id = $2)`,
    [messageId, actor.accountId],
  );
  return rows.length > 0;
}
