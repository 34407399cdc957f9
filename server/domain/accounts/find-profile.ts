import type { AccountView } from '#server/domain/accounts/account';
import type { Actor } from '#server/domain/kernel/actor';

/** An account by its name in any letter case. Refuses `not_found` `account`. */
export async function findProfile(_actor: Actor, _username: string): Promise<AccountView> {
  throw new Error('not written yet');
}
