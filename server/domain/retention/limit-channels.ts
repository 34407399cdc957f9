import { discardStored } from '#server/domain/files/discard-files';
import { lockConversation } from '#server/domain/kernel/lock';
import { transaction } from '#server/domain/kernel/transaction';
import { takeBack } from '#server/domain/messages/take-back';
import { now } from '#server/platform/clock';
import { plain, prisma, sql, type Transaction } from '#server/platform/database';
import { settings } from '#server/platform/settings';

const DAY = 24 * 60 * 60 * 1_000_000;
/** So many messages go in one transaction: the channel's lock is not held for long. */
const BATCH = 200;

/** SQL: the messages that count towards the limits: live ones of a channel itself. Their threads go with them. */
const TOP = `thread_root_id IS NULL AND deleted_at IS NULL AND kind = 'text'`;

/**
 * Deletes what `chat.messageRetentionDays` calls too old in channels, then the oldest messages of each channel beyond
 * `chat.maxMessagesPerChannel`; 0 and less switch a rule off (mikrochat.md §1.9). Direct conversations are left alone.
 * As when somebody deletes them, each is an event and leaves its place. Answers how many went, replies aside.
 */
export async function limitChannels(): Promise<{ messages: number }> {
  const { messageRetentionDays: days, maxMessagesPerChannel: most } = settings().chat;
  if (days <= 0 && most <= 0) return { messages: 0 };
  const channels = await prisma.conversation.findMany({
    where: { kind: 'channel', archivedAt: null },
    select: { id: true },
  });
  let messages = 0;
  for (const { id } of plain(channels)) {
    if (days > 0) messages += await takeBackUpTo(id, await newestBefore(id, Math.round(now() - days * DAY)));
    if (most > 0) messages += await takeBackUpTo(id, await newestBeyond(id, most));
  }
  return { messages };
}

async function newestBefore(conversationId: number, stamp: number): Promise<number | null> {
  const [row] = await sql<{ seq: number | null }>(
    'retention.before',
    `SELECT max(seq) AS seq FROM message WHERE conversation_id = $1 AND created_at < $2 AND ${TOP}`,
    [conversationId, stamp],
  );
  return row?.seq ?? null;
}

/** The newest message that comes after the `most` newest ones. */
async function newestBeyond(conversationId: number, most: number): Promise<number | null> {
  const [row] = await sql<{ seq: number }>(
    'retention.beyond',
    `SELECT seq FROM message WHERE conversation_id = $1 AND ${TOP} ORDER BY seq DESC OFFSET $2 LIMIT 1`,
    [conversationId, most],
  );
  return row?.seq ?? null;
}

async function takeBackUpTo(conversationId: number, seq: number | null): Promise<number> {
  if (seq === null) return 0;
  for (let removed = 0; ; ) {
    const batch = await transaction((db) => takeBackBatch(db, conversationId, seq));
    await discardStored(batch.files);
    removed += batch.removed;
    if (batch.removed < BATCH) return removed;
  }
}

async function takeBackBatch(db: Transaction, conversationId: number, seq: number) {
  const conversation = await lockConversation(db, conversationId);
  if (!conversation || conversation.archivedAt !== null) return { removed: 0, files: [] };
  const messages = plain(
    await db.message.findMany({
      where: { conversationId, seq: { lte: seq }, threadRootId: null, deletedAt: null, kind: 'text' },
      orderBy: { seq: 'asc' },
      take: BATCH,
      select: { id: true, threadRootId: true },
    }),
  );
  if (messages.length === 0) return { removed: 0, files: [] };
  return { removed: messages.length, files: await takeBack(db, conversation, messages) };
}
