import type { Readable } from 'node:stream';
import { isPicture } from '#server/domain/files/media-type';
import { thumbnailOf } from '#server/domain/files/thumbnail';
import type { Actor } from '#server/domain/kernel/actor';
import { refuse, refuseUnless } from '#server/domain/kernel/refusal';
import { sql } from '#server/platform/database';
import type { ByteRange, FileStore } from '#server/platform/storage/file-store';
import { isStoredName } from '#server/platform/storage/stored-name';
import { fileStore } from '#server/platform/storage/stores';

/** A file that may be read, and what a face says about it. `size` is in bytes. */
export type OpenedFile = {
  name: string;
  originalName: string;
  mediaType: string;
  size: number;
  /** names never change their content, so the name is the version */
  etag: string;
  /** may be drawn by a browser; everything else is a download */
  inline: boolean;
  /** the bytes, or some of them; refuses `not_found` if they have gone in the meantime */
  read: (range?: ByteRange) => Promise<Readable>;
};

/** What the look-ups say about a file that may be read. */
export type ReadableFile = {
  id: number;
  name: string;
  originalName: string;
  mediaType: string;
  size: number;
  thumbnail: string | null;
};

/** SQL: a `ReadableFile` of the row `f`. */
export const READABLE_FILE = `f.id, f.name, f.original_name AS "originalName", f.media_type AS "mediaType", f.size,
  f.thumbnail_name AS thumbnail`;

/**
 * A file as the actor may read it: carried by a live message they can read, or their own and in no message yet.
 * Everything else (unknown, deleted, removed by retention, somebody else's) is refused `not_found` alike.
 * `size: 'thumb'` is a small JPEG of a picture, or the file itself where there can't be one; `createdMs` what a dated
 * name claims.
 */
export async function openFile(
  actor: Actor,
  name: string,
  { size, createdMs }: { size?: 'thumb' | undefined; createdMs?: number } = {},
): Promise<OpenedFile> {
  refuseUnless(isStoredName(name), 'not_found', 'no_such_file');
  const [file] = await sql<ReadableFile>(
    'files.readable',
    `SELECT ${READABLE_FILE}
     FROM file f
     LEFT JOIN message m ON m.id = f.message_id AND m.deleted_at IS NULL
     LEFT JOIN conversation c ON c.id = m.conversation_id AND c.archived_at IS NULL
     LEFT JOIN membership s ON s.conversation_id = c.id AND s.account_id = $2 AND s.history_start < m.seq
     WHERE f.name = $1 AND f.removed_at IS NULL AND ($3::bigint IS NULL OR f.created_at / 1000 = $3)
       AND (s.account_id IS NOT NULL OR (f.message_id IS NULL AND f.uploader_id = $2))`,
    [name, actor.accountId, createdMs ?? null],
  );
  refuseUnless(file, 'not_found', 'no_such_file');
  return (size === 'thumb' && (await openThumbnail(file))) || openOriginal(file);
}

/** The file itself. */
export function openOriginal({ name, originalName, mediaType }: ReadableFile): Promise<OpenedFile> {
  return openStored(fileStore(), name, { originalName, mediaType, inline: isPicture(mediaType) });
}

/** A small JPEG of the file; null where there can't be one. */
export async function openThumbnail(file: ReadableFile): Promise<OpenedFile | null> {
  const name = await thumbnailOf(file);
  if (name === null || (await fileStore().stat(name)) === null) return null;
  return openStored(fileStore(), name, {
    originalName: file.originalName,
    mediaType: 'image/jpeg',
    inline: true,
  });
}

/** Looks a name up in a store that the caller was let into. */
export async function openStored(
  store: FileStore,
  name: string,
  facts: { originalName: string; mediaType: string; inline: boolean },
): Promise<OpenedFile> {
  const stored = await store.stat(name);
  refuseUnless(stored, 'not_found', 'no_such_file');
  return {
    name,
    ...facts,
    size: stored.size,
    etag: `"${name}"`,
    read: async (range) => (await store.open(name, range)) ?? refuse('not_found', 'no_such_file'),
  };
}
