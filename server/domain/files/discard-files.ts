import type { Transaction } from '#server/platform/database';
import type { FileStore } from '#server/platform/storage/file-store';
import { fileStore } from '#server/platform/storage/stores';

/** What statements that take rows of `file` away answer; `thumbnail` is a stored name as well. */
export type StoredNames = { name: string; thumbnail: string | null };

/** Everything in the store that these rows stood for. */
export function namesIn(rows: readonly StoredNames[]): string[] {
  return rows.flatMap(({ name, thumbnail }) => (thumbnail === null ? [name] : [name, thumbnail]));
}

/**
 * Takes the files of some messages out of the database, inside the command that deletes the messages. Answers their
 * names for `discardStored`, which has to wait for the commit: bytes can't be rolled back.
 */
export async function forgetFilesOf(db: Transaction, messageIds: readonly number[]): Promise<string[]> {
  const rows = await db.$queryRaw<StoredNames[]>`
    DELETE FROM file WHERE message_id = ANY(${messageIds}::bigint[]) RETURNING name, thumbnail_name AS thumbnail`;
  return namesIn(rows);
}

/** The same for single files that a message loses while it stays. */
export async function forgetFiles(db: Transaction, fileIds: readonly number[]): Promise<string[]> {
  const rows = await db.$queryRaw<StoredNames[]>`
    DELETE FROM file WHERE id = ANY(${fileIds}::bigint[]) RETURNING name, thumbnail_name AS thumbnail`;
  return namesIn(rows);
}

/** Deletes the bytes of files that no row names any more. What fails is left to the daily clean-up. */
export async function discardStored(names: readonly string[], store: FileStore = fileStore()): Promise<void> {
  for (const name of names) await store.delete(name).catch(() => false);
}
