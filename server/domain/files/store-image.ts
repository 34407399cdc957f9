import { mayPost } from '#server/domain/conversations/policy';
import { discardStored } from '#server/domain/files/discard-files';
import { type FileView, fileFields, shownName } from '#server/domain/files/file';
import { imageSizeOf } from '#server/domain/files/image-size';
import { keepWhole } from '#server/domain/files/keep-bytes';
import { givenThumbnail, makeThumbnail } from '#server/domain/files/make-thumbnail';
import { mediaTypeOf } from '#server/domain/files/media-type';
import { sanitiseSvg } from '#server/domain/files/sanitise-svg';
import { refuseWhileTooManyUnsent } from '#server/domain/files/upload-room';
import type { Actor } from '#server/domain/kernel/actor';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { PLACES } from '#server/domain/messages/policy';
import { now } from '#server/platform/clock';
import { type MemberRole, plain, prisma, sql } from '#server/platform/database';
import { extensionOf, newStoredName } from '#server/platform/storage/stored-name';
import { fileStore } from '#server/platform/storage/stores';

const IMAGE_EXTENSIONS = new Set(['.jpg', '.jpeg', '.png', '.webp', '.svg']);
const MAX_IMAGE_BYTES = 10 * 1024 * 1024;

export type StoreImage = {
  /** the only conversation whose messages may carry it */
  conversationId: number;
  /** as the uploader's device calls it: its extension is what the image is served as */
  filename: string;
  bytes: Uint8Array;
  /** a small picture of it, made by the uploader's device; of no use, it is left out */
  thumbnail?: Uint8Array | undefined;
};

/**
 * Keeps an image for one conversation (docs/decisions/076-files-scoped-to-a-conversation.md), with a thumbnail if there
 * can be one. Its bytes need not be what its name says; an SVG is written anew. Refuses `not_found/conversation`,
 * `forbidden/admins_only`, `invalid` (`image_type`, `no_image`, `image_too_large` over 10 MiB, `bad_image` for an SVG
 * that isn't one) and as `refuseWhileTooManyUnsent` does.
 */
export async function storeImage(actor: Actor, image: StoreImage): Promise<FileView> {
  await refuseUnlessMayPostIn(actor, image.conversationId);
  const extension = extensionOf(image.filename);
  refuseUnless(IMAGE_EXTENSIONS.has(extension), 'invalid', 'image_type');
  refuseUnless(image.bytes.length > 0, 'invalid', 'no_image');
  refuseUnless(image.bytes.length <= MAX_IMAGE_BYTES, 'invalid', 'image_too_large', { limitMb: 10 });
  const bytes = extension === '.svg' ? await sanitiseSvg(image.bytes) : image.bytes;
  await refuseWhileTooManyUnsent(actor, [bytes.length]);

  const thumbnail =
    (image.thumbnail && (await givenThumbnail(image.thumbnail))) ?? (await makeThumbnail(bytes));
  const name = newStoredName(extension);
  const thumbnailName = thumbnail && newStoredName('.jpg');
  try {
    await keepWhole(fileStore(), bytes, name);
    if (thumbnail && thumbnailName) await keepWhole(fileStore(), thumbnail, thumbnailName);
    const pixels = await imageSizeOf(bytes);
    const file = await prisma.file.create({
      data: {
        name,
        originalName: shownName(image.filename),
        mediaType: mediaTypeOf(name, bytes),
        size: bytes.length,
        width: pixels?.width ?? null,
        height: pixels?.height ?? null,
        uploaderId: actor.accountId,
        conversationId: image.conversationId,
        thumbnailName,
        thumbnailSize: thumbnail?.length ?? 0,
        createdAt: now(),
      },
      select: fileFields,
    });
    return plain(file);
  } catch (error) {
    await discardStored(thumbnailName ? [name, thumbnailName] : [name]);
    throw error;
  }
}

async function refuseUnlessMayPostIn(actor: Actor, conversationId: number): Promise<void> {
  const [place] = await sql<{ adminsOnly: boolean; role: MemberRole }>(
    'files.place',
    `SELECT c.admins_only AS "adminsOnly", me.role FROM ${PLACES} WHERE me.account_id = $1 AND c.id = $2`,
    [actor.accountId, conversationId],
  );
  refuseUnless(place, 'not_found', 'conversation');
  refuseUnless(mayPost(place, { role: place.role, instanceRole: actor.role }), 'forbidden', 'admins_only');
}
