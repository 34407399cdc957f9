import { buffer } from 'node:stream/consumers';
import { LRUCache } from 'lru-cache';
import { discardStored } from '#server/domain/files/discard-files';
import { keepWhole } from '#server/domain/files/keep-bytes';
import { makeThumbnail } from '#server/domain/files/make-thumbnail';
import { isPicture } from '#server/domain/files/media-type';
import { sql } from '#server/platform/database';
import { processSingleton } from '#server/platform/process-singleton';
import { newStoredName } from '#server/platform/storage/stored-name';
import { fileStore } from '#server/platform/storage/stores';

const MAX_PICTURE_BYTES = 32 * 1024 * 1024;

/** Pictures that are being made smaller just now, and those that can't be: by name, for an hour. */
const made = processSingleton('files.thumbnails', () => ({
  underWay: new Map<string, Promise<string | null>>(),
  failed: new LRUCache<string, true>({ max: 10_000, ttl: 60 * 60 * 1000 }),
}));

type Picture = { id: number; name: string; mediaType: string; size: number; thumbnail: string | null };

/**
 * The stored name of a picture's thumbnail, made now if nobody has asked before; null for files that have none
 * (docs/decisions/077-thumbnails-when-asked-for.md).
 */
export async function thumbnailOf(file: Picture): Promise<string | null> {
  if (file.thumbnail !== null) return file.thumbnail;
  if (!isPicture(file.mediaType) || file.size > MAX_PICTURE_BYTES || made.failed.has(file.name)) return null;
  const current = made.underWay.get(file.name);
  if (current) return current;
  const work = makeAndNote(file).finally(() => made.underWay.delete(file.name));
  made.underWay.set(file.name, work);
  return work;
}

async function makeAndNote({ id, name }: Picture): Promise<string | null> {
  const stream = await fileStore().open(name);
  const bytes = stream && (await makeThumbnail(await buffer(stream)));
  if (!bytes) {
    made.failed.set(name, true);
    return null;
  }
  const thumbnail = newStoredName('.jpg');
  await keepWhole(fileStore(), bytes, thumbnail);
  const rows = await sql(
    'files.note_thumbnail',
    `UPDATE file SET thumbnail_name = $2, thumbnail_size = $3
     WHERE id = $1 AND thumbnail_name IS NULL AND removed_at IS NULL RETURNING id`,
    [id, thumbnail, bytes.length],
  );
  if (rows.length > 0) return thumbnail;
  // Another process was faster, or the file has just gone.
  await discardStored([thumbnail]);
  const [other] = await sql<{ thumbnail: string | null }>(
    'files.other_thumbnail',
    'SELECT thumbnail_name AS thumbnail FROM file WHERE id = $1 AND removed_at IS NULL',
    [id],
  );
  return other?.thumbnail ?? null;
}
