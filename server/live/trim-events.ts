import { now } from '#server/platform/clock';
import { sql } from '#server/platform/database';

const WEEK = 7 * 24 * 3600 * 1_000_000;
const CHUNK = 10_000;

/**
 * Deletes the events older than a week; answers how many. The newest always stays, so that a reader whose cursor
 * lies before the oldest one kept knows that it missed something. In small pieces: the hub waits for whoever writes
 * in this table when a number is missing.
 */
export async function trimEvents(): Promise<number> {
  const upTo = await newestOutdated();
  let deleted = 0;
  for (;;) {
    const rows = await sql<{ id: number }>(
      'live.trim-events',
      `DELETE FROM event WHERE id IN (SELECT id FROM event WHERE id <= $1 ORDER BY id LIMIT $2) RETURNING id`,
      [upTo, CHUNK],
    );
    deleted += rows.length;
    if (rows.length < CHUNK) return deleted;
  }
}

async function newestOutdated(): Promise<number> {
  const [row] = await sql<{ id: number }>(
    'live.newest-outdated-event',
    `SELECT coalesce(max(id), 0)::bigint AS id FROM event
     WHERE created_at < $1 AND id < (SELECT max(id) FROM event)`,
    [now() - WEEK],
  );
  return row?.id ?? 0;
}
