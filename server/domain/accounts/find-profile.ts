import { type AccountView, accountFields, presentAccount } from '#server/domain/accounts/account';
import { couldBeUsername } from '#server/domain/accounts/username';
import type { Actor } from '#server/domain/kernel/actor';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { plain, prisma } from '#server/platform/database';

/** An account by its name in any letter case; everybody may see it. Refuses `not_found` `account`. */
export async function findProfile(_actor: Actor, username: string): Promise<AccountView> {
  const row = couldBeUsername(username)
    ? await prisma.account.findUnique({ where: { username }, select: accountFields })
    : null;
  refuseUnless(row, 'not_found', 'account');
  return presentAccount(plain(row));
}
