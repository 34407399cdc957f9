import { type AccountView, accountFields, presentAccount } from '#server/domain/accounts/account';
import { holdAdministrator } from '#server/domain/accounts/administration';
import {
  isLastAdministrator,
  isLastOwner,
  lockOwners,
  refuseToTouchOwners,
  roleOf,
} from '#server/domain/accounts/owners';
import { recordAudit } from '#server/domain/audit/record-audit';
import type { Actor, InstanceRole } from '#server/domain/kernel/actor';
import { publish } from '#server/domain/kernel/publish';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { knownSessions } from '#server/domain/sessions/known-sessions';
import { plain } from '#server/platform/database';

export type SetRole = { accountId: number; role: InstanceRole };

/**
 * Says what somebody may do on this server; oneself too. Refuses, in this order, `forbidden` `not_an_administrator`,
 * `not_found` `account`, `forbidden` `owners_only` (making or unmaking an owner), `conflict` `last_administrator`
 * and `last_owner`: there is always one of each. The same role again changes nothing and tells nobody.
 */
export async function setRole(actor: Actor, { accountId, role }: SetRole): Promise<AccountView> {
  const account = await transaction(async (db) => {
    await lockOwners(db);
    await holdAdministrator(db, actor);
    const before = await roleOf(db, accountId);
    await refuseToTouchOwners(db, actor, before, role);
    if (before !== role) {
      const isLast = role === 'member' && (await isLastAdministrator(db, accountId));
      refuseUnless(!isLast, 'conflict', 'last_administrator');
      refuseUnless(!(await isLastOwner(db, accountId)), 'conflict', 'last_owner');
      await db.account.update({ where: { id: accountId }, data: { role }, select: { id: true } });
      await publish(db, 'everyone', { type: 'account_changed', accountId });
      await recordAudit(db, actor, {
        action: 'user.role.update',
        targetType: 'user',
        targetId: accountId,
        metadata: { role, formerRole: before },
      });
    }
    const row = await db.account.findUniqueOrThrow({ where: { id: accountId }, select: accountFields });
    return presentAccount(plain(row));
  });
  knownSessions.forgetAccount(accountId);
  return account;
}
