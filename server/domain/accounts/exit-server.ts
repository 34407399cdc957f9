import { isAdministrator } from '#server/domain/accounts/administration';
import { buryAccount, forgetBuried } from '#server/domain/accounts/bury-account';
import { isLastAdministrator, lockOwners, roleOf } from '#server/domain/accounts/owners';
import { recordAudit } from '#server/domain/audit/record-audit';
import type { Actor } from '#server/domain/kernel/actor';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';

/**
 * Ends the actor's own account without asking for a password, for faces that have none to ask for; what they wrote
 * stays. Refuses `conflict` `last_administrator`, also to whoever is alone on the server.
 */
export async function exitServer(actor: Actor): Promise<void> {
  const { accountId } = actor;
  const burial = await transaction(async (db) => {
    await lockOwners(db);
    const role = await roleOf(db, accountId);
    const isNeeded = isAdministrator({ role }) && (await isLastAdministrator(db, accountId));
    refuseUnless(!isNeeded, 'conflict', 'last_administrator');
    const buried = await buryAccount(db, accountId, 'self');
    await recordAudit(db, actor, { action: 'user.exit', targetType: 'user', targetId: accountId });
    return buried;
  });
  await forgetBuried(burial);
}
