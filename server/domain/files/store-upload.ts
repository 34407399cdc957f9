import { type FileView, fileFields, shownName, uploadLimitBytes } from '#server/domain/files/file';
import { imageSize, readFirstBytes } from '#server/domain/files/image-size';
import { keepBytes } from '#server/domain/files/keep-bytes';
import { mediaTypeOf, sniffPicture } from '#server/domain/files/media-type';
import type { Actor } from '#server/domain/kernel/actor';
import { refuse } from '#server/domain/kernel/refusal';
import { now } from '#server/platform/clock';
import { plain, prisma } from '#server/platform/database';
import { newStoredName } from '#server/platform/storage/stored-name';
import { fileStore } from '#server/platform/storage/stores';

export type StoreUpload = {
  stream: AsyncIterable<Uint8Array>;
  /** as the uploader's device calls it; a path in it is dropped */
  originalName: string;
  /** defaults to `max_upload_size_mb` */
  limitBytes?: number;
  /** chosen beforehand by `newStoredName`, so that a repeated upload finds its first result */
  name?: string;
};

/**
 * Keeps an upload, for its uploader alone until a message carries it (24 hours at most). Refuses `too_large`
 * (`file_too_large`, `storage_full`) while the bytes come in, and then keeps nothing.
 */
export async function storeUpload(actor: Actor, upload: StoreUpload): Promise<FileView> {
  const originalName = shownName(upload.originalName);
  const name = upload.name ?? newStoredName(originalName);
  const size = await keepBytes(fileStore(), upload.stream, name, upload.limitBytes ?? uploadLimitBytes());
  return recordUpload(actor, { name, originalName, size });
}

/**
 * Notes an upload whose bytes are in the store already; once noted, the first result is answered again. A failure
 * takes the bytes out of the store.
 */
export async function recordUpload(
  uploader: Pick<Actor, 'accountId'>,
  { name, originalName, size }: { name: string; originalName: string; size: number },
): Promise<FileView> {
  const earlier = await findUploadOrNull(uploader, name);
  if (earlier) return earlier;
  const store = fileStore();
  try {
    const head = await readFirstBytes(store, name, size);
    // Nothing else is shown to the image library, which would read SVG and PDF as well.
    const pixels = sniffPicture(head) ? await imageSize(store, name, size) : null;
    const file = await prisma.file.create({
      data: {
        name,
        originalName: shownName(originalName),
        mediaType: mediaTypeOf(originalName, head),
        size,
        width: pixels?.width ?? null,
        height: pixels?.height ?? null,
        uploaderId: uploader.accountId,
        createdAt: now(),
      },
      select: fileFields,
    });
    return plain(file);
  } catch (error) {
    const noted = await findUploadOrNull(uploader, name).catch(() => null);
    if (noted) return noted;
    await store.delete(name);
    throw error;
  }
}

/** What an earlier upload under this name became; null if there was none. Somebody else's is refused `forbidden`. */
export async function findUploadOrNull(
  uploader: Pick<Actor, 'accountId'>,
  name: string,
): Promise<FileView | null> {
  const row = await prisma.file.findUnique({ where: { name }, select: { ...fileFields, uploaderId: true } });
  if (!row) return null;
  const { uploaderId, ...file } = plain(row);
  if (uploaderId !== uploader.accountId) refuse('forbidden', 'not_your_upload');
  return file;
}
