import { now } from '#server/platform/clock';
import type { Transaction } from '#server/platform/database';

/**
 * Makes an account a member of every public channel. It sees all of their history, and none of it is unread:
 * the marks stand at the newest message.
 */
export async function joinPublicChannels(db: Transaction, accountId: number): Promise<void> {
  await db.$executeRaw`
    INSERT INTO membership (conversation_id, account_id, joined_at, read_seq, read_ordinal, read_stamp)
    SELECT id, ${accountId}::bigint, ${now()}::bigint, last_seq, last_ordinal, last_sent_at
    FROM conversation WHERE visibility = 'public' AND kind = 'channel' AND deleted_at IS NULL
    ORDER BY id
    ON CONFLICT DO NOTHING`;
}

/** Makes every account that isn't one a member of one public channel, in the same way. */
export async function joinEverybody(db: Transaction, conversationId: number): Promise<void> {
  await db.$executeRaw`
    INSERT INTO membership (conversation_id, account_id, joined_at, read_seq, read_ordinal, read_stamp)
    SELECT c.id, a.id, ${now()}::bigint, c.last_seq, c.last_ordinal, c.last_sent_at
    FROM conversation c CROSS JOIN account a
    WHERE c.id = ${conversationId} AND a.deleted_at IS NULL
    ON CONFLICT DO NOTHING`;
}
