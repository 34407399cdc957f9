import { sendSignal } from '#server/domain/kernel/signals';
import { PRESENCE_WINDOW } from '#server/domain/presence/presence';
import { now } from '#server/platform/clock';
import { type Db, type PresenceState, plain } from '#server/platform/database';

/** What others now see of somebody; null if they see what they saw before. */
export type PresenceChange = PresenceState | null;

/** Writes down what a client says of its person. Hand the answer to `announcePresence` after the commit. */
export async function recordPresence(
  db: Db,
  accountId: number,
  state: PresenceState,
): Promise<PresenceChange> {
  const at = now();
  const rows = await db.$queryRaw<
    { seen: PresenceState; before: PresenceState | null; beforeAt: bigint | null }[]
  >`
    WITH old AS (
      SELECT coalesce(override, state) AS seen, last_seen_at FROM presence WHERE account_id = ${accountId}
    )
    INSERT INTO presence (account_id, state, last_seen_at) VALUES (${accountId}, ${state}::"PresenceState", ${at})
    ON CONFLICT (account_id) DO UPDATE SET state = excluded.state, last_seen_at = excluded.last_seen_at
    RETURNING coalesce(override, state) AS seen, (SELECT seen FROM old) AS before,
              (SELECT last_seen_at FROM old) AS "beforeAt"`;
  const row = plain(rows)[0];
  if (!row) return null;
  const stillShown = row.beforeAt !== null && row.beforeAt >= at - PRESENCE_WINDOW;
  return stillShown && row.before === row.seen ? null : row.seen;
}

/** Tells who is connected. Clients repeat their state all the time: only a change is news. */
export function announcePresence(accountId: number, change: PresenceChange): void {
  if (change) sendSignal({ type: 'presence', accountId, state: change });
}
