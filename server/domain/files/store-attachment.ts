import type { FileView } from '#server/domain/files/file';
import { inOnePiece } from '#server/domain/files/keep-bytes';
import { storeUpload } from '#server/domain/files/store-upload';
import { refuseWhileTooManyUnsent } from '#server/domain/files/upload-room';
import type { Actor } from '#server/domain/kernel/actor';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { extensionOf } from '#server/platform/storage/stored-name';

const EXTENSIONS = new Set(
  ['pdf', 'txt', 'md', 'csv', 'json', 'zip', 'doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx'].map(
    (word) => `.${word}`,
  ),
);
const MAX_BYTES = 25 * 1024 * 1024;

export type StoreAttachment = { filename: string; bytes: Uint8Array };

/**
 * Keeps a document for its uploader alone until a message carries it. Refuses `invalid` (`file_type` by its name,
 * `no_file`, `file_too_large` over 25 MiB) and as `refuseWhileTooManyUnsent` does.
 */
export async function storeAttachment(actor: Actor, { filename, bytes }: StoreAttachment): Promise<FileView> {
  refuseUnless(EXTENSIONS.has(extensionOf(filename)), 'invalid', 'file_type');
  refuseUnless(bytes.length > 0, 'invalid', 'no_file');
  refuseUnless(bytes.length <= MAX_BYTES, 'invalid', 'file_too_large', { limitMb: 25 });
  await refuseWhileTooManyUnsent(actor, [bytes.length]);
  return storeUpload(actor, { stream: inOnePiece(bytes), originalName: filename, limitBytes: MAX_BYTES });
}
