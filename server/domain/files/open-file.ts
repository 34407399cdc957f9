import type { Readable } from 'node:stream';
import { isPicture } from '#server/domain/files/media-type';
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

/**
 * A file as the actor may read it: carried by a live message they can read, or their own and in no message yet.
 * Everything else (unknown, deleted, removed by retention, somebody else's) is refused `not_found` alike.
 */
export async function openFile(actor: Actor, name: string): Promise<OpenedFile> {
  const file = await findReadableFile(actor, name);
  return openStored(fileStore(), name, { ...file, inline: isPicture(file.mediaType) });
}

type ReadableFile = { originalName: string; mediaType: string };

async function findReadableFile(actor: Actor, name: string): Promise<ReadableFile> {
  refuseUnless(isStoredName(name), 'not_found', 'no_such_file');
  const [file] = await sql<ReadableFile>(
    'files.readable',
    `SELECT f.original_name AS "originalName", f.media_type AS "mediaType"
     FROM file f
     LEFT JOIN message m ON m.id = f.message_id AND m.deleted_at IS NULL
     LEFT JOIN membership s
       ON s.conversation_id = m.conversation_id AND s.account_id = $2 AND s.history_start < m.seq
     WHERE f.name = $1 AND f.removed_at IS NULL
       AND (s.account_id IS NOT NULL OR (f.message_id IS NULL AND f.uploader_id = $2))`,
    [name, actor.accountId],
  );
  return file ?? refuse('not_found', 'no_such_file');
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
