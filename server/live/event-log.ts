import { type Audience, DomainEvent } from '#server/domain/kernel/events';
import { sql } from '#server/platform/database';
import { log } from '#server/platform/log';

/** A row of the event table. `event` is null when a newer version of Parley wrote a type this one doesn't know. */
export type StoredEvent = { id: number; audience: Audience; event: DomainEvent | null };

type Row = {
  id: number;
  type: string;
  conversationId: number | null;
  accountIds: number[] | null;
  payload: Record<string, unknown>;
};

const COLUMNS = `id, type, conversation_id AS "conversationId", account_ids AS "accountIds", payload`;

/** The visible events after an id, ascending, at most `limit`. Numbers may be missing: see EventReader. */
export async function eventsAfter(id: number, limit: number): Promise<StoredEvent[]> {
  const rows = await sql<Row>(
    'live.events-after',
    `SELECT ${COLUMNS} FROM event WHERE id > $1 ORDER BY id LIMIT $2`,
    [id, limit],
  );
  return rows.map(storedEvent);
}

/** Whose events somebody may be shown again. */
export type Scope = { accountId: number; conversationIds: number[] };

/** The same, up to `until`, for one account: of its conversations, to itself, to everyone. */
export async function eventsInScope(
  { accountId, conversationIds }: Scope,
  { after, until, limit }: { after: number; until: number; limit: number },
): Promise<StoredEvent[]> {
  const rows = await sql<Row>(
    'live.events-in-scope',
    `SELECT ${COLUMNS} FROM event
     WHERE id > $1 AND id <= $2 AND CASE
       WHEN conversation_id IS NOT NULL THEN conversation_id = ANY ($3::bigint[])
       ELSE coalesce(cardinality(account_ids), 0) = 0 OR $4::bigint = ANY (account_ids)
     END
     ORDER BY id LIMIT $5`,
    [after, until, conversationIds, accountId, limit],
  );
  return rows.map(storedEvent);
}

/** The oldest event kept, and the largest number ever drawn; null and 0 before the first. */
export async function eventBounds(): Promise<{ oldest: number | null; drawn: number }> {
  const [row] = await sql<{ oldest: number | null; drawn: number }>(
    'live.event-bounds',
    `SELECT (SELECT min(id) FROM event) AS oldest,
            (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM event_id_seq) AS drawn`,
    [],
  );
  return row ?? { oldest: null, drawn: 0 };
}

/** The newest event that is visible; 0 before the first. */
export async function newestEventId(): Promise<number> {
  const [row] = await sql<{ id: number }>(
    'live.newest-event',
    'SELECT coalesce(max(id), 0)::bigint AS id FROM event',
    [],
  );
  return row?.id ?? 0;
}

/**
 * The transactions that are writing events right now, by virtual transaction id. A transaction holds this lock from
 * before it draws an event's number until after its commit is visible, so one that isn't listed has ended.
 */
export async function runningWriters(): Promise<Set<string>> {
  const rows = await sql<{ writer: string }>(
    'live.running-writers',
    `SELECT virtualtransaction AS writer FROM pg_locks
     WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted
       AND relation = 'event'::regclass
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [],
  );
  return new Set(rows.map(({ writer }) => writer));
}

function storedEvent({ id, type, conversationId, accountIds, payload }: Row): StoredEvent {
  const parsed = DomainEvent.safeParse({ type, ...payload });
  if (!parsed.success) log.warn({ event: id, type }, 'an event of an unknown shape is passed over');
  return {
    id,
    audience: conversationId !== null ? { conversationId } : accountIds?.length ? { accountIds } : 'everyone',
    event: parsed.success ? parsed.data : null,
  };
}
