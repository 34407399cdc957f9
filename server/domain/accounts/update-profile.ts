import { type AccountView, accountFields, presentAccount } from '#server/domain/accounts/account';
import { nextRenaming } from '#server/domain/accounts/renaming';
import type { Actor } from '#server/domain/kernel/actor';
import { publish } from '#server/domain/kernel/publish';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { storable } from '#server/domain/messages/message-text';
import { plain } from '#server/platform/database';

/** An absent key stays as it is; null or a blank text clears it. Texts are trimmed. */
export type UpdateProfile = { nameColor?: string | null; bio?: string | null; displayName?: string | null };

const COLOR = /^#[0-9a-fA-F]{6}$/;
const LONGEST_BIO = 160;
const LONGEST_DISPLAY_NAME = 80;

/**
 * Changes what others see of the actor. Refuses `invalid` `color` (not `#rrggbb`), `bio_too_long` (over 160
 * characters) and `display_name_too_long` (over 80), and then changes nothing.
 */
export async function updateProfile(actor: Actor, input: UpdateProfile): Promise<AccountView> {
  const nameColor = cleared(input.nameColor);
  const bio = cleared(input.bio);
  const displayName = cleared(input.displayName);
  refuseUnless(!nameColor || COLOR.test(nameColor), 'invalid', 'color');
  refuseUnless(!bio || [...bio].length <= LONGEST_BIO, 'invalid', 'bio_too_long');
  refuseUnless(
    !displayName || [...displayName].length <= LONGEST_DISPLAY_NAME,
    'invalid',
    'display_name_too_long',
  );
  const { accountId } = actor;
  return transaction(async (db) => {
    const renamedAt = displayName === undefined ? undefined : await nextRenaming(db);
    const row = await db.account.update({
      where: { id: accountId },
      data: { nameColor, bio, displayName, renamedAt },
      select: accountFields,
    });
    await publish(db, 'everyone', { type: 'account_changed', accountId });
    return presentAccount(plain(row));
  });
}

/** Undefined stays undefined, which Prisma leaves alone. */
function cleared(text: string | null | undefined): string | null | undefined {
  return text === undefined ? undefined : storable(text ?? '').trim() || null;
}
