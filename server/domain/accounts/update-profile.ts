import type { AccountView } from '#server/domain/accounts/account';
import type { Actor } from '#server/domain/kernel/actor';

/** An absent key stays as it is; null or a blank text clears it. */
export type UpdateProfile = { nameColor?: string | null; bio?: string | null; displayName?: string | null };

export async function updateProfile(_actor: Actor, _input: UpdateProfile): Promise<AccountView> {
  throw new Error('not written yet');
}
