import pg from 'pg';

/** Word classes that the search workload asks for, with the share of messages that hold them. */
export const WORDS = { common: 'release', mid: 'checkout', rare: 'zanzibar', miss: 'qqxjvw' } as const;

/**
 * Writes a history straight into the database, 60 % of it into the first channel, as if everyone had been talking
 * for a year; nobody has read any of it. Returns the number of messages in the first channel.
 */
export async function writeHistory(databaseUrl: string, count: number): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(OLDER);
    await client.query(HISTORY, [count, WORDS.common, WORDS.mid, WORDS.rare]);
    await client.query(COUNTERS);
    await client.query('UPDATE membership SET read_seq = 0, read_ordinal = 0, read_stamp = 0');
    await client.query('VACUUM ANALYZE');
    const { rows } = await client.query<{ most: number }>('SELECT max(last_seq) AS most FROM conversation');
    return rows[0]?.most ?? 0;
  } finally {
    await client.end();
  }
}

/** Newcomers were greeted just now; in this history they have been there from the start. */
const OLDER = 'UPDATE message SET created_at = created_at / 2, changed_at = changed_at / 2';

const HISTORY = `
  WITH place AS (
    SELECT array_agg(id ORDER BY position) AS ids FROM conversation WHERE visibility = 'public'
  ), author AS (
    SELECT array_agg(id ORDER BY id) AS ids FROM account
  ), line AS (
    SELECT n,
      CASE WHEN n % 5 < 3 THEN place.ids[1]
           ELSE place.ids[2 + n % greatest(array_length(place.ids, 1) - 1, 1)] END AS conversation_id,
      author.ids[1 + n % array_length(author.ids, 1)] AS sender_id,
      'line ' || n || ' about ' || md5(n::text)
        || CASE WHEN n % 3 = 0 THEN ' ' || $2 ELSE '' END
        || CASE WHEN n % 200 = 0 THEN ' ' || $3 ELSE '' END
        || CASE WHEN n % 20000 = 0 THEN ' ' || $4 ELSE '' END AS text,
      ((extract(epoch FROM clock_timestamp()) - 31536000) * 1000000)::bigint + n::bigint * 250000 AS stamp
    FROM place, author, generate_series(1, $1::int) AS n
  ), numbered AS (
    SELECT line.*, conversation.last_seq + row_number() OVER (PARTITION BY conversation_id ORDER BY n) AS seq,
           conversation.last_ordinal + row_number() OVER (PARTITION BY conversation_id ORDER BY n) AS ordinal
    FROM line JOIN conversation ON conversation.id = line.conversation_id
  )
  INSERT INTO message (conversation_id, seq, ordinal, sender_id, text, created_at, changed_at)
  SELECT conversation_id, seq, ordinal, sender_id, text, stamp, stamp FROM numbered ORDER BY n`;

const COUNTERS = `
  UPDATE conversation SET last_seq = newest.seq, last_ordinal = newest.ordinal,
         last_stamp = greatest(last_stamp, newest.stamp), last_sent_at = greatest(last_sent_at, newest.stamp)
  FROM (SELECT conversation_id, max(seq) AS seq, max(ordinal) AS ordinal, max(created_at) AS stamp
        FROM message GROUP BY conversation_id) AS newest
  WHERE newest.conversation_id = conversation.id`;

/** More people, who are in every public channel and never come. */
export async function writeAccounts(databaseUrl: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO account (username, created_at) SELECT 'crowd' || n, 1 FROM generate_series(1, $1::int) n`,
      [count],
    );
    await client.query(
      `INSERT INTO membership (conversation_id, account_id, joined_at)
       SELECT c.id, a.id, 1 FROM conversation c CROSS JOIN account a WHERE c.visibility = 'public'
       ON CONFLICT DO NOTHING`,
    );
  } finally {
    await client.end();
  }
}
