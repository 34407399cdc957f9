import type { Actor, InstanceRole } from '#server/domain/kernel/actor';
import { publish } from '#server/domain/kernel/publish';
import { refuse, refuseUnless } from '#server/domain/kernel/refusal';
import type { Db, Transaction } from '#server/platform/database';

/** Advisory locks share one space of numbers in the database; this one is arbitrary and must stay. */
const OWNERS_LOCK = 7_201;

/** Until the transaction ends nobody else's role changes, and nobody who has one goes. */
export async function lockOwners(db: Transaction): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(${OWNERS_LOCK})`;
}

/** Whether the server would be without an owner if this account weren't one. Ask under `lockOwners`. */
export async function isLastOwner(db: Db, accountId: number): Promise<boolean> {
  const owners = await db.account.findMany({
    where: { role: 'owner', deletedAt: null },
    select: { id: true },
    take: 2,
  });
  return owners.length === 1 && Number(owners[0]?.id) === accountId;
}

/** The same for a server without anybody who administers it. Ask under `lockOwners`. */
export async function isLastAdministrator(db: Db, accountId: number): Promise<boolean> {
  const others = { role: { not: 'member' }, deletedAt: null, id: { not: accountId } } as const;
  return (await db.account.findFirst({ where: others, select: { id: true } })) === null;
}

/** What an account may do now. Refuses `not_found` `account`. */
export async function roleOf(db: Db, accountId: number): Promise<InstanceRole> {
  const account = await db.account.findFirst({
    where: { id: accountId, deletedAt: null },
    select: { role: true },
  });
  refuseUnless(account, 'not_found', 'account');
  return account.role;
}

/** Refuses `forbidden` `owners_only` if one of these roles is an owner's and the actor is none. */
export async function refuseToTouchOwners(db: Db, actor: Actor, ...roles: InstanceRole[]): Promise<void> {
  if (!roles.includes('owner')) return;
  refuseUnless((await roleOf(db, actor.accountId)) === 'owner', 'forbidden', 'owners_only');
}

/** Sees to it that the server keeps an owner when this account goes. Refuses as `findHeir` does. Under `lockOwners`. */
export async function handOverOwnership(db: Transaction, accountId: number): Promise<void> {
  const heirId = await findHeir(db, accountId);
  if (heirId === null) return;
  await db.account.update({ where: { id: heirId }, data: { role: 'owner' }, select: { id: true } });
  await publish(db, 'everyone', { type: 'account_changed', accountId: heirId });
}

/**
 * Who has to become owner if this account goes: the administrator of longest standing, null if nobody has to.
 * Refuses `conflict` `last_owner` if there are only members, none of whom was ever trusted with it; the last account
 * of all may go.
 */
export async function findHeir(db: Db, accountId: number): Promise<number | null> {
  if (!(await isLastOwner(db, accountId))) return null;
  const others = { deletedAt: null, id: { not: accountId } };
  const heir = await db.account.findFirst({
    where: { ...others, role: 'admin' },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  if (heir) return Number(heir.id);
  if (await db.account.findFirst({ where: others, select: { id: true } })) refuse('conflict', 'last_owner');
  return null;
}
