import { holdAdministrator } from '#server/domain/accounts/administration';
import { buryAccount, forgetBuried } from '#server/domain/accounts/bury-account';
import { lockOwners, refuseToTouchOwners, roleOf } from '#server/domain/accounts/owners';
import { recordAudit } from '#server/domain/audit/record-audit';
import type { Actor } from '#server/domain/kernel/actor';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';

/**
 * Ends somebody else's account, as `buryAccount` does. Refuses, in this order, `forbidden` `not_an_administrator`,
 * `not_found` `account`, `invalid` `own_account` (see `exitServer`), `forbidden` `owners_only` for an owner's.
 */
export async function removeAccount(actor: Actor, accountId: number): Promise<void> {
  const burial = await transaction(async (db) => {
    await lockOwners(db);
    await holdAdministrator(db, actor);
    const role = await roleOf(db, accountId);
    refuseUnless(accountId !== actor.accountId, 'invalid', 'own_account');
    await refuseToTouchOwners(db, actor, role);
    const buried = await buryAccount(db, accountId, 'admin');
    await recordAudit(db, actor, {
      action: 'user.remove',
      targetType: 'user',
      targetId: accountId,
      metadata: { username: buried.username },
    });
    return buried;
  });
  await forgetBuried(burial);
}
