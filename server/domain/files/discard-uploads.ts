import { discardStored, namesIn, type StoredNames } from '#server/domain/files/discard-files';
import type { Actor } from '#server/domain/kernel/actor';
import { prisma } from '#server/platform/database';

/** Throws the actor's own uploads away that no message carries yet; whatever else the ids name stays as it is. */
export async function discardUploads(actor: Actor, fileIds: readonly number[]): Promise<void> {
  const rows = await prisma.$queryRaw<StoredNames[]>`
    DELETE FROM file
    WHERE id = ANY(${fileIds}::bigint[]) AND message_id IS NULL AND uploader_id = ${actor.accountId}
    RETURNING name, thumbnail_name AS thumbnail`;
  await discardStored(namesIn(rows));
}
