import { type AccountView, accountFields, presentAccount } from '#server/domain/accounts/account';
import { type AccountRights, requireAdministrator, rightsOver } from '#server/domain/accounts/administration';
import type { Actor } from '#server/domain/kernel/actor';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { type Plain, type Prisma, plain, prisma } from '#server/platform/database';

/** An account with what it is reached by. `addedById`: the administrator who made it, null for those who signed up. */
export type DirectoryEntry = AccountView & { email: string | null; addedById: number | null };

const directoryFields = { ...accountFields, email: true, addedById: true } satisfies Prisma.AccountSelect;
type DirectoryRow = Plain<Prisma.AccountGetPayload<{ select: typeof directoryFields }>>;

const present = (row: DirectoryRow): DirectoryEntry => ({
  ...presentAccount(row),
  email: row.email,
  addedById: row.addedById,
});

const byAge = { id: 'asc' } as const;

/** Every account, deleted ones aside, oldest first. Everybody on the server may see it (mikrochat.md E17). */
export async function listDirectory(_actor: Actor): Promise<DirectoryEntry[]> {
  const rows = await prisma.account.findMany({
    where: { deletedAt: null },
    select: directoryFields,
    orderBy: byAge,
  });
  return plain(rows).map(present);
}

/** One of those. Refuses `not_found` `account`. */
export async function findDirectoryEntry(_actor: Actor, accountId: number): Promise<DirectoryEntry> {
  const row = await prisma.account.findFirst({
    where: { id: accountId, deletedAt: null },
    select: directoryFields,
  });
  refuseUnless(row, 'not_found', 'account');
  return present(plain(row));
}

/** Those of these ids, for nobody in particular: the hub, and whoever is just signing in. Missing ones are left out. */
export async function unscopedDirectoryEntries(ids: readonly number[]): Promise<DirectoryEntry[]> {
  const rows = await prisma.account.findMany({
    where: { id: { in: [...ids] }, deletedAt: null },
    select: directoryFields,
    orderBy: byAge,
  });
  return plain(rows).map(present);
}

/** The same with what only administrators need to know. */
export type PersonRecord = DirectoryEntry & {
  hasPassword: boolean;
  /** stamp of the latest use of any session that is open; at most an hour behind, null without one */
  lastUsedAt: number | null;
  /** what the actor may do to it */
  may: AccountRights;
};

/** Refuses `forbidden` `not_an_administrator`. */
export async function listPeople(actor: Actor): Promise<PersonRecord[]> {
  await requireAdministrator(actor);
  const [rows, uses] = await Promise.all([
    prisma.account.findMany({
      where: { deletedAt: null },
      select: { ...directoryFields, passwordHash: true },
      orderBy: byAge,
    }),
    prisma.session.groupBy({ by: ['accountId'], _max: { lastUsedAt: true } }),
  ]);
  const people = plain(rows);
  const lastUsed = new Map(plain(uses).map(({ accountId, _max }) => [accountId, _max.lastUsedAt]));
  const me = people.find(({ id }) => id === actor.accountId) ?? { id: actor.accountId, role: 'member' };
  return people.map(({ passwordHash, ...row }) => ({
    ...present(row),
    hasPassword: passwordHash !== null,
    lastUsedAt: lastUsed.get(row.id) ?? null,
    may: rightsOver(me, row),
  }));
}
