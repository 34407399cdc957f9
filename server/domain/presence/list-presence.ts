import type { Person } from '#server/domain/kernel/actor';
import { PRESENCE_WINDOW, type PresenceView } from '#server/domain/presence/presence';
import { now } from '#server/platform/clock';
import { type PresenceState, sql } from '#server/platform/database';

/** Everybody heard of within the last hour, those who said they went offline too, by name in code units. */
export async function listPresence(): Promise<PresenceView[]> {
  const rows = await sql<Person & { state: PresenceState; lastSeenAt: number }>(
    'presence.list',
    `SELECT a.id, a.username AS name, a.display_name AS "displayName", coalesce(p.override, p.state) AS state, p.last_seen_at AS "lastSeenAt"
     FROM presence p JOIN account a ON a.id = p.account_id
     WHERE p.last_seen_at >= $1 AND a.deleted_at IS NULL
     ORDER BY a.username::text COLLATE "C"`,
    [now() - PRESENCE_WINDOW],
  );
  return rows.map(({ state, lastSeenAt, ...person }) => ({ person, state, lastSeenAt }));
}
