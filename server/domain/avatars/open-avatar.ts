import { type OpenedFile, openStored } from '#server/domain/files/open-file';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { prisma } from '#server/platform/database';
import { avatarStore } from '#server/platform/storage/stores';

/**
 * The picture of the account spelled exactly so; refused `not_found` when there is no such account or picture. Always
 * called a JPEG, whatever was uploaded: that is documented, and browsers draw what the bytes are.
 */
export async function openAvatar(username: string): Promise<OpenedFile> {
  // Postgres can't even be asked about a NUL.
  refuseUnless(!username.includes('\0'), 'not_found', 'no_avatar');
  const account = await prisma.account.findUnique({
    where: { username },
    select: { username: true, avatarFile: true },
  });
  // The column ignores case, the documented path does not.
  refuseUnless(account?.avatarFile && account.username === username, 'not_found', 'no_avatar');
  return openStored(avatarStore(), account.avatarFile, {
    originalName: `${username}.jpg`,
    mediaType: 'image/jpeg',
    inline: true,
  });
}
