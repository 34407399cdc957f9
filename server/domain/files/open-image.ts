import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { parseDatedName } from '#server/domain/files/dated-name';
import { isImageOfMessage } from '#server/domain/files/media-type';
import {
  type OpenedFile,
  openFile,
  openOriginal,
  openThumbnail,
  READABLE_FILE,
  type ReadableFile,
} from '#server/domain/files/open-file';
import { sanitiseSvg } from '#server/domain/files/sanitise-svg';
import type { Actor } from '#server/domain/kernel/actor';
import { isRefusal, refuse, refuseUnless } from '#server/domain/kernel/refusal';
import { PLACES } from '#server/domain/messages/policy';
import { sql } from '#server/platform/database';

const MAX_DRAWING_BYTES = 10 * 1024 * 1024;

export type OpenImage = { conversationId: number; datedName: string; thumb?: boolean };

/**
 * An image of one conversation, by its dated name: carried there by a live message that the actor can read, or
 * uploaded into it and in no message yet. Everything else, the actor's own images of other conversations included, is
 * refused `not_found` alike. A drawing is always one that `sanitiseSvg` wrote, whichever face it came in through.
 */
export async function openImage(
  actor: Actor,
  { conversationId, datedName, thumb = false }: OpenImage,
): Promise<OpenedFile> {
  const dated = parseDatedName(datedName);
  refuseUnless(dated, 'not_found', 'no_such_file');
  const [file] = await sql<ReadableFile & { isScoped: boolean }>(
    'files.image',
    `SELECT ${READABLE_FILE}, f.conversation_id IS NOT NULL AS "isScoped"
     FROM ${PLACES} JOIN file f ON f.name = $3 LEFT JOIN message m ON m.id = f.message_id
     WHERE me.account_id = $1 AND c.id = $2 AND f.removed_at IS NULL AND f.created_at / 1000 = $4
       AND CASE WHEN f.message_id IS NULL THEN f.conversation_id = c.id
           ELSE m.conversation_id = c.id AND m.deleted_at IS NULL AND m.seq > me.history_start END`,
    [actor.accountId, conversationId, dated.name, dated.createdMs],
  );
  refuseUnless(file && isImageOfMessage(file), 'not_found', 'no_such_file');
  const small = thumb ? await openThumbnail(file) : null;
  if (small) return small;
  const original = await openOriginal(file);
  return file.mediaType === 'image/svg+xml' && !file.isScoped ? openSanitised(original) : original;
}

/** A file that isn't asked for as a message's image, by its dated name; who may read it is `openFile`'s. */
export async function openAttachment(actor: Actor, datedName: string): Promise<OpenedFile> {
  const dated = parseDatedName(datedName);
  refuseUnless(dated, 'not_found', 'no_such_file');
  const file = await openFile(actor, dated.name, { createdMs: dated.createdMs });
  return { ...file, inline: false };
}

/** Uploads of the other faces are kept as they came. What can't be made safe isn't there. */
async function openSanitised(file: OpenedFile): Promise<OpenedFile> {
  refuseUnless(file.size <= MAX_DRAWING_BYTES, 'not_found', 'no_such_file');
  const drawing = await sanitised(await buffer(await file.read()));
  return {
    ...file,
    size: drawing.length,
    etag: `"${file.name}.sanitised"`,
    read: async (range) => Readable.from([range ? drawing.subarray(range.start, range.end + 1) : drawing]),
  };
}

async function sanitised(bytes: Buffer): Promise<Buffer> {
  try {
    return await sanitiseSvg(bytes);
  } catch (error) {
    if (isRefusal(error)) refuse('not_found', 'no_such_file');
    throw error;
  }
}
