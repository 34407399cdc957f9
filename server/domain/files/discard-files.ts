import type { Transaction } from '#server/platform/database';
import type { FileStore } from '#server/platform/storage/file-store';
import { fileStore } from '#server/platform/storage/stores';

/**
 * Takes the files of some messages out of the database, inside the command that deletes the messages. Answers their
 * names for `discardStored`, which has to wait for the commit: bytes can't be rolled back.
 */
export async function forgetFilesOf(db: Transaction, messageIds: readonly number[]): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    DELETE FROM file WHERE message_id = ANY(${messageIds}::bigint[]) RETURNING name`;
  return rows.map((row) => row.name);
}

/** Deletes the bytes of files that no row names any more. What fails is left to the daily clean-up. */
export async function discardStored(names: readonly string[], store: FileStore = fileStore()): Promise<void> {
  for (const name of names) await store.delete(name).catch(() => false);
}
