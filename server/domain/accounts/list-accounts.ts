import {
  type AccountView,
  accountFields,
  personFields,
  presentAccount,
  presentPerson,
} from '#server/domain/accounts/account';
import { couldBeUsername } from '#server/domain/accounts/username';
import type { Person } from '#server/domain/kernel/actor';
import { plain, prisma } from '#server/platform/database';

/** Every account there is, deleted ones aside, ascending by username in code units. */
export async function listAccounts(): Promise<AccountView[]> {
  const rows = await prisma.account.findMany({ where: { deletedAt: null }, select: accountFields });
  return plain(rows)
    .map(presentAccount)
    .sort((a, b) => (a.username < b.username ? -1 : 1));
}

/** The accounts of exactly these names, letter case included; those that don't exist are missing. */
export async function accountsNamed(usernames: readonly string[]): Promise<Person[]> {
  const rows = await prisma.account.findMany({
    where: { username: { in: usernames.filter(couldBeUsername) } },
    select: personFields,
  });
  // the column compares without case
  return plain(rows)
    .map(presentPerson)
    .filter(({ name }) => usernames.includes(name));
}
