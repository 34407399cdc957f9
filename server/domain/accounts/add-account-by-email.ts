import type { AccountView } from '#server/domain/accounts/account';
import { addAccount, type NewAccount } from '#server/domain/accounts/add-account';
import { commonStart, firstFreeUsername, namesFromEmail } from '#server/domain/accounts/names-from-email';
import { isRefusal } from '#server/domain/kernel/refusal';
import type { Transaction } from '#server/platform/database';

/** `name` is what the person is called elsewhere. */
export type NewAccountByEmail = Omit<NewAccount, 'username' | 'displayName' | 'email'> & {
  email: string;
  name?: string | null;
};

const ATTEMPTS = 20;

/**
 * A new account for an address, with a username made from it. Null if the address has an account, also one made at
 * the same moment. Refuses as `addAccount` does otherwise.
 */
export async function addAccountByEmail(
  db: Transaction,
  { name, ...draft }: NewAccountByEmail,
): Promise<AccountView | null> {
  const { username: base, displayName } = namesFromEmail(draft.email, name);
  for (let attempt = 1; ; attempt++) {
    const username = firstFreeUsername(base, await namesLike(db, base));
    try {
      return await addAccount(db, { ...draft, username, displayName });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (error.reason === 'email_taken') return null;
      // somebody took the name since we looked
      if (error.reason !== 'username_taken' || attempt === ATTEMPTS) throw error;
    }
  }
}

async function namesLike(db: Transaction, base: string): Promise<Set<string>> {
  const rows = await db.account.findMany({
    where: { username: { startsWith: commonStart(base), mode: 'insensitive' } },
    select: { username: true },
  });
  return new Set(rows.map(({ username }) => (username ?? '').toLowerCase()));
}
