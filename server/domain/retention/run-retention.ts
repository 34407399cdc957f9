import { cleanUnattached } from '#server/domain/files/clean-up';
import { runFileRetention } from '#server/domain/files/retention';
import { pruneMessages } from '#server/domain/retention/prune-messages';
import { now } from '#server/platform/clock';
import { prisma } from '#server/platform/database';
import { settings } from '#server/platform/settings';

const DAY = 24 * 60 * 60 * 1_000_000;
const MEGABYTE = 1024 * 1024;

/** How much one run removed. */
export type RetentionReport = { messages: number; files: number };

/**
 * Removes what the settings call too old or too much (minimost.md §1.8): messages, the bytes of attachments, and
 * files that nobody can reach any more; 0 switches a rule off. Running it again is harmless.
 */
export async function runRetention(): Promise<RetentionReport> {
  const { message_retention_days: days, max_message_db_size_mb: megabytes } = settings();
  let messages = 0;
  if (days > 0) messages += await pruneMessages(Math.round(now() - days * DAY));
  if (megabytes > 0) messages += await pruneBeyond(Math.floor(megabytes * MEGABYTE));
  const files = (await runFileRetention()) + (await cleanUnattached());
  return { messages, files };
}

/**
 * Keeps the newest messages whose rows add up to the limit in bytes. Rows are measured, not the table: a table
 * keeps its size after a deletion, and each run would remove more.
 */
async function pruneBeyond(limit: number): Promise<number> {
  const [table] = await prisma.$queryRaw<{ size: bigint }[]>`SELECT pg_table_size('message') AS size`;
  if (Number(table?.size ?? 0) <= limit) return 0;
  const [excess] = await prisma.$queryRaw<{ newest: bigint | null }[]>`
    SELECT max(created_at) AS newest FROM (
      SELECT created_at, sum(pg_column_size(m.*)) OVER (ORDER BY created_at DESC, id DESC) AS kept FROM message m
    ) newest_first WHERE kept > ${limit}`;
  return excess?.newest ? pruneMessages(Number(excess.newest) + 1) : 0;
}
