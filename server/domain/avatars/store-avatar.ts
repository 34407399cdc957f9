import { setAvatar } from '#server/domain/accounts/set-avatar';
import { discardStored } from '#server/domain/files/discard-files';
import { avatarLimitBytes } from '#server/domain/files/file';
import { keepBytes } from '#server/domain/files/keep-bytes';
import { hasImageExtension } from '#server/domain/files/media-type';
import type { Actor } from '#server/domain/kernel/actor';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { newStoredName } from '#server/platform/storage/stored-name';
import { avatarStore } from '#server/platform/storage/stores';

/**
 * Makes an uploaded image the actor's picture, byte for byte, in place of the one before; answers its stored name.
 * Refuses `invalid` (`no_file`, `invalid_file_type`) by its name and `too_large` while the bytes come in.
 */
export async function storeAvatar(
  actor: Actor,
  { stream, originalName }: { stream: AsyncIterable<Uint8Array>; originalName: string },
): Promise<string> {
  refuseUnless(originalName !== '', 'invalid', 'no_file');
  refuseUnless(hasImageExtension(originalName), 'invalid', 'invalid_file_type');
  const name = newStoredName(originalName);
  await keepBytes(avatarStore(), stream, name, avatarLimitBytes());
  try {
    await replaceAvatar(actor, name);
  } catch (error) {
    await discardStored([name], avatarStore());
    throw error;
  }
  return name;
}

/** Takes the actor's picture away, if there is one. */
export async function removeAvatar(actor: Actor): Promise<void> {
  await replaceAvatar(actor, null);
}

async function replaceAvatar(actor: Actor, name: string | null): Promise<void> {
  const previous = await setAvatar(actor, name);
  if (previous !== null) await discardStored([previous], avatarStore());
}
