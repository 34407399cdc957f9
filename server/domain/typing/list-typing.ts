import type { Actor, Person } from '#server/domain/kernel/actor';
import { TYPING_LIFETIME } from '#server/domain/typing/typing';
import { now } from '#server/platform/clock';
import { sql } from '#server/platform/database';

/** Who else is typing there, by name in code units; nobody in a conversation that the actor can't see. */
export async function listTyping(actor: Actor, conversationId: number): Promise<Person[]> {
  return sql<Person>(
    'typing.list',
    `SELECT a.id, a.username AS name, a.display_name AS "displayName"
     FROM typing t
     JOIN membership theirs ON theirs.conversation_id = t.conversation_id AND theirs.account_id = t.account_id
     JOIN account a ON a.id = t.account_id AND a.deleted_at IS NULL
     JOIN membership mine ON mine.conversation_id = t.conversation_id AND mine.account_id = $2
     JOIN conversation c ON c.id = t.conversation_id AND c.archived_at IS NULL
     WHERE t.conversation_id = $1 AND t.account_id <> $2 AND t.at > $3
     ORDER BY a.username::text COLLATE "C"`,
    [conversationId, actor.accountId, now() - TYPING_LIFETIME],
  );
}
