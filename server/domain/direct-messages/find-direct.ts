import type { Actor } from '#server/domain/kernel/actor';
import { sql } from '#server/platform/database';

/**
 * The id of the direct conversation of the actor and the people of exactly these names, letter case included; null
 * if there is none. The actor's own name may be among them.
 */
export async function findDirectOrNull(actor: Actor, usernames: readonly string[]): Promise<number | null> {
  const names = [...new Set([actor.username, ...usernames])];
  const rows = await sql<{ id: number }>(
    'direct-messages.find',
    `WITH people AS (
       SELECT id FROM account WHERE username = ANY($1::text[]::citext[]) AND username::text = ANY($1::text[])
     )
     SELECT id FROM conversation
     WHERE direct_key = (SELECT string_agg(id::text, ',' ORDER BY id) FROM people)
       AND (SELECT count(*) FROM people) = $2::int`,
    [names, names.length],
  );
  return rows[0]?.id ?? null;
}
