import type { Actor } from '#server/domain/kernel/actor';
import { publish } from '#server/domain/kernel/publish';
import { transaction } from '#server/domain/kernel/transaction';

/** Makes a stored picture (its name in the avatar store) the actor's, or none. Returns the name of the one before. */
export async function setAvatar(actor: Actor, fileName: string | null): Promise<string | null> {
  const { accountId } = actor;
  return transaction(async (db) => {
    // locked, so that of two simultaneous changes each returns a different picture to throw away
    const [before] = await db.$queryRaw<{ avatarFile: string | null }[]>`
      SELECT avatar_file AS "avatarFile" FROM account WHERE id = ${accountId} FOR NO KEY UPDATE`;
    const previous = before?.avatarFile ?? null;
    if (previous === fileName) return null;
    await db.account.update({
      where: { id: accountId },
      data: { avatarFile: fileName },
      select: { id: true },
    });
    await publish(db, 'everyone', { type: 'account_changed', accountId });
    return previous;
  });
}
