import { discardStored } from '#server/domain/files/discard-files';
import { avatarLimitBytes } from '#server/domain/files/file';
import { keepBytes } from '#server/domain/files/keep-bytes';
import { hasImageExtension } from '#server/domain/files/media-type';
import type { Actor } from '#server/domain/kernel/actor';
import { publish } from '#server/domain/kernel/publish';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import type { Transaction } from '#server/platform/database';
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
  const previous = await transaction(async (db) => {
    const before = await lockAvatar(db, actor.accountId);
    if (before === name) return null;
    await db.account.update({
      where: { id: actor.accountId },
      data: { avatarFile: name },
      select: { id: true },
    });
    await publish(db, 'everyone', { type: 'account_changed', accountId: actor.accountId });
    return before;
  });
  if (previous) await discardStored([previous], avatarStore());
}

/** Two uploads at once each have to see what the other wrote, or a file would be left behind. */
async function lockAvatar(db: Transaction, accountId: number): Promise<string | null> {
  const rows = await db.$queryRaw<{ avatarFile: string | null }[]>`
    SELECT avatar_file AS "avatarFile" FROM account WHERE id = ${accountId} AND deleted_at IS NULL FOR UPDATE`;
  refuseUnless(rows[0], 'not_found', 'no_such_account');
  return rows[0].avatarFile;
}
