import type { AccountView } from '#server/domain/accounts/account';
import type { Person } from '#server/domain/kernel/actor';

/** Every account there is, deleted ones aside, ascending by username in code units. */
export async function listAccounts(): Promise<AccountView[]> {
  throw new Error('not written yet');
}

/** The accounts of exactly these names, letter case included; those that don't exist are missing. */
export async function accountsNamed(_usernames: readonly string[]): Promise<Person[]> {
  throw new Error('not written yet');
}
