import type { Actor, InstanceRole } from '#server/domain/kernel/actor';
import { refuse } from '#server/domain/kernel/refusal';
import { type Db, prisma, type Transaction } from '#server/platform/database';

/** Owners and administrators run the server; only owners decide about owners. */
export function isAdministrator({ role }: { role: InstanceRole }): boolean {
  return role !== 'member';
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
