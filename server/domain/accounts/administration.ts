import type { Actor, InstanceRole } from '#server/domain/kernel/actor';
import { refuse } from '#server/domain/kernel/refusal';
import { type Db, prisma, type Transaction } from '#server/platform/database';

/** Owners and administrators run the server; only owners decide about owners. */
export function isAdministrator({ role }: { role: InstanceRole }): boolean {
  return role !== 'member';
}

const ROLES = ['owner', 'admin', 'member'] as const satisfies readonly InstanceRole[];

/** What somebody who administers the server may do to an account, oneself among them. */
export type AccountRights = {
  /** the roles it may be given, its own aside */
  roles: InstanceRole[];
  remove: boolean;
  resetPassword: boolean;
};

/** As the commands decide it, but for what would leave the server without an owner or administrator. */
export function rightsOver(
  my: { id: number; role: InstanceRole },
  { id, role }: { id: number; role: InstanceRole },
): AccountRights {
  const mayTouch = my.role === 'owner' || (isAdministrator(my) && role !== 'owner');
  const mayGive = ROLES.filter((one) => one !== role && (my.role === 'owner' || one !== 'owner'));
  return {
    roles: mayTouch ? mayGive : [],
    remove: mayTouch && id !== my.id,
    resetPassword: mayTouch && id !== my.id,
  };
}

/**
 * Refuses `forbidden` `not_an_administrator` unless the actor is one now. Asks the database, because what an actor
 * carries may be seconds old: whoever has just been demoted may not.
 */
export async function requireAdministrator(actor: Actor, db: Db = prisma): Promise<void> {
  const account = await db.account.findFirst({
    where: { id: actor.accountId, deletedAt: null },
    select: { role: true },
  });
  if (!account || !isAdministrator(account)) refuse('forbidden', 'not_an_administrator');
}

/** The same for commands: nobody takes the right away until the transaction ends. */
export async function holdAdministrator(db: Transaction, actor: Actor): Promise<void> {
  await db.$queryRaw`SELECT 1 FROM account WHERE id = ${actor.accountId} FOR SHARE`;
  await requireAdministrator(actor, db);
}
