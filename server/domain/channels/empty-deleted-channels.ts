import { discardStored, forgetFiles, forgetFilesOf } from '#server/domain/files/discard-files';
import { transaction } from '#server/domain/kernel/transaction';
import { plain, prisma, type Transaction } from '#server/platform/database';

/** So many messages go in one transaction. */
const BATCH = 500;

/**
 * Removes what deleted channels still hold, wherever an interruption has left it, and then the channels themselves;
 * of one that the settings list a bare row stays, so that the next start doesn't open it again. Nobody sees any of
 * this any more. Answers how many messages went.
 */
export async function emptyDeletedChannels(): Promise<number> {
  const rows = await prisma.conversation.findMany({
    where: { deletedAt: { not: null }, OR: [{ configuredName: null }, { memberships: { some: {} } }] },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  let removed = 0;
  for (const { id } of plain(rows)) removed += await emptyChannel(id);
  return removed;
}

async function emptyChannel(conversationId: number): Promise<number> {
  for (let removed = 0; ; ) {
    const batch = await transaction((db) => removeBatch(db, conversationId));
    await discardStored(batch.files);
    removed += batch.removed;
    if (batch.removed > 0) continue;
    await discardStored(await transaction((db) => removeRest(db, conversationId)));
    return removed;
  }
}

/** Without the conversation's lock: nothing is written into it any more. */
async function removeBatch(db: Transaction, conversationId: number) {
  const rows = await db.message.findMany({
    where: { conversationId },
    select: { id: true },
    orderBy: { seq: 'asc' },
    take: BATCH,
  });
  const ids = rows.map(({ id }) => Number(id));
  const files = ids.length > 0 ? await forgetFilesOf(db, ids) : [];
  await db.message.deleteMany({ where: { id: { in: ids } } });
  return { removed: ids.length, files };
}

/** The members last: they mark a channel that isn't empty yet. Answers the names of uploads that were never sent. */
async function removeRest(db: Transaction, conversationId: number): Promise<string[]> {
  const uploads = await db.file.findMany({ where: { conversationId }, select: { id: true } });
  const files = await forgetFiles(
    db,
    uploads.map(({ id }) => Number(id)),
  );
  await db.membership.deleteMany({ where: { conversationId } });
  await db.typing.deleteMany({ where: { conversationId } });
  await db.conversation.deleteMany({
    where: { id: conversationId, configuredName: null, deletedAt: { not: null } },
  });
  return files;
}
