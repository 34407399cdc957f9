import type { Actor, Person } from '#server/domain/kernel/actor';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { sql } from '#server/platform/database';

/**
 * Everybody in a conversation, the actor too, by name in code units; deleted accounts aside. Refuses `not_found`
 * `conversation` for what the actor isn't in.
 */
export async function listMembers(actor: Actor, conversationId: number): Promise<Person[]> {
  const people = await sql<Person>(
    'memberships.list',
    `SELECT a.id, a.username AS name, a.display_name AS "displayName"
     FROM conversation c
     JOIN membership mine ON mine.conversation_id = c.id AND mine.account_id = $2
     JOIN membership m ON m.conversation_id = c.id
     JOIN account a ON a.id = m.account_id AND a.deleted_at IS NULL
     WHERE c.id = $1 AND c.archived_at IS NULL
     ORDER BY a.username::text COLLATE "C"`,
    [conversationId, actor.accountId],
  );
  // the actor at least is in every conversation they can see
  refuseUnless(people.length > 0, 'not_found', 'conversation');
  return people;
}
