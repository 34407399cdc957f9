import type { Actor } from '#server/domain/kernel/actor';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { sendSignal } from '#server/domain/kernel/signals';
import { now } from '#server/platform/clock';
import { sql } from '#server/platform/database';

/** The actor is typing there now. Refuses `not_found` `conversation` where they aren't a member. */
export async function reportTyping(actor: Actor, conversationId: number): Promise<void> {
  const recorded = await sql(
    'typing.report',
    `INSERT INTO typing (conversation_id, account_id, at)
     SELECT m.conversation_id, m.account_id, $3::bigint
     FROM membership m JOIN conversation c ON c.id = m.conversation_id
     WHERE m.conversation_id = $1 AND m.account_id = $2 AND c.archived_at IS NULL
     ON CONFLICT (conversation_id, account_id) DO UPDATE SET at = excluded.at
     RETURNING at`,
    [conversationId, actor.accountId, now()],
  );
  refuseUnless(recorded.length > 0, 'not_found', 'conversation');
  sendSignal({ type: 'typing', conversationId, accountId: actor.accountId });
}
