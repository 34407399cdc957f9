import { discardStored, namesIn, type StoredNames } from '#server/domain/files/discard-files';
import { now } from '#server/platform/clock';
import { prisma } from '#server/platform/database';
import type { FileStore } from '#server/platform/storage/file-store';
import { avatarStore, fileStore } from '#server/platform/storage/stores';

const DAY = 24 * 60 * 60 * 1_000_000;
const BATCH = 500;

/**
 * Removes what nobody can reach: uploads that no message took within a day, files of deleted messages, bytes that
 * lost their row in a crash, remains of interrupted writes. Answers how many files went. Runs at start and daily.
 */
export async function cleanUnattached(): Promise<number> {
  await Promise.all([fileStore().sweep(), avatarStore().sweep()]);
  const unreachable = await forgetUnreachable();
  const orphans = await removeOrphans(fileStore(), namesOfFiles);
  const oldAvatars = await removeOrphans(avatarStore(), namesOfAvatars);
  return unreachable + orphans + oldAvatars;
}

async function forgetUnreachable(): Promise<number> {
  let removed = 0;
  for (;;) {
    // A send that takes one of these rows at this moment holds its lock, and keeps it.
    const rows = await prisma.$queryRaw<StoredNames[]>`
      DELETE FROM file WHERE id IN (
        SELECT f.id FROM file f LEFT JOIN message m ON m.id = f.message_id
        WHERE (f.message_id IS NULL AND f.created_at < ${now() - DAY}) OR m.deleted_at IS NOT NULL
        LIMIT ${BATCH} FOR UPDATE OF f SKIP LOCKED
      ) RETURNING name, thumbnail_name AS thumbnail`;
    await discardStored(namesIn(rows));
    removed += rows.length;
    if (rows.length < BATCH) return removed;
  }
}

/** Bytes older than a day (younger ones may belong to an upload that is still being noted) that no row names. */
async function removeOrphans(
  store: FileStore,
  knownAmong: (names: string[]) => Promise<Set<string>>,
): Promise<number> {
  let removed = 0;
  let batch: string[] = [];
  const flush = async () => {
    const known = await knownAmong(batch);
    const orphans = batch.filter((name) => !known.has(name));
    await discardStored(orphans, store);
    removed += orphans.length;
    batch = [];
  };
  for await (const { name, modifiedAt } of store.list()) {
    if (modifiedAt < now() - DAY) batch.push(name);
    if (batch.length === BATCH) await flush();
  }
  if (batch.length > 0) await flush();
  return removed;
}

async function namesOfFiles(names: string[]): Promise<Set<string>> {
  const rows = await prisma.file.findMany({
    where: { OR: [{ name: { in: names } }, { thumbnailName: { in: names } }], removedAt: null },
    select: { name: true, thumbnailName: true },
  });
  return new Set(rows.flatMap(({ name, thumbnailName }) => [name, thumbnailName ?? name]));
}

async function namesOfAvatars(names: string[]): Promise<Set<string>> {
  const rows = await prisma.account.findMany({
    where: { avatarFile: { in: names } },
    select: { avatarFile: true },
  });
  return new Set(rows.flatMap((row) => row.avatarFile ?? []));
}
