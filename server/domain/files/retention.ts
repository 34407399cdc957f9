import { discardStored, namesIn, type StoredNames } from '#server/domain/files/discard-files';
import { now } from '#server/platform/clock';
import { prisma } from '#server/platform/database';
import { settings } from '#server/platform/settings';

const DAY = 24 * 60 * 60 * 1_000_000;
const MEGABYTE = 1024 * 1024;

/**
 * Removes the bytes of attachments that are older than the settings allow, then the oldest ones until the rest fits
 * into `max_upload_dir_size_mb`; 0 switches a rule off. The messages stay and their files are not found from then
 * on. Answers how many files went.
 */
export async function runFileRetention(): Promise<number> {
  const { image_retention_days, file_retention_days, max_upload_dir_size_mb } = settings();
  const images = image_retention_days > 0 ? await removeOlderThan(image_retention_days, true) : 0;
  const others = file_retention_days > 0 ? await removeOlderThan(file_retention_days, false) : 0;
  const overflow = max_upload_dir_size_mb > 0 ? await removeBeyond(max_upload_dir_size_mb * MEGABYTE) : 0;
  return images + others + overflow;
}

async function removeOlderThan(days: number, images: boolean): Promise<number> {
  const rows = await prisma.$queryRaw<StoredNames[]>`
    UPDATE file SET removed_at = ${now()}
    WHERE removed_at IS NULL AND created_at < ${Math.round(now() - days * DAY)}
      AND (media_type LIKE 'image/%') = ${images}
    RETURNING name, thumbnail_name AS thumbnail`;
  await discardStored(namesIn(rows));
  return rows.length;
}

/** Keeps the newest files whose sizes, with their thumbnails', add up to the limit. */
async function removeBeyond(limitBytes: number): Promise<number> {
  const rows = await prisma.$queryRaw<StoredNames[]>`
    UPDATE file SET removed_at = ${now()}
    WHERE id IN (
      SELECT id FROM (
        SELECT id, sum(size::bigint + thumbnail_size) OVER (ORDER BY created_at DESC, id DESC) AS kept
        FROM file WHERE removed_at IS NULL
      ) newest_first
      WHERE kept > ${Math.floor(limitBytes)}
    )
    RETURNING name, thumbnail_name AS thumbnail`;
  await discardStored(namesIn(rows));
  return rows.length;
}
