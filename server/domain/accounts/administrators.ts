import { isLastOwner, lockOwners } from '#server/domain/accounts/owners';
import { couldBeUsername } from '#server/domain/accounts/username';
import { recordAudit } from '#server/domain/audit/record-audit';
import type { InstanceRole } from '#server/domain/kernel/actor';
import { publish } from '#server/domain/kernel/publish';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { knownSessions } from '#server/domain/sessions/known-sessions';
import { plain, type Transaction } from '#server/platform/database';

/**
 * Makes somebody an administrator; an owner stays one. For whoever has the machine: no actor is asked. Refuses
 * `not_found` `account`. Other processes follow within seconds.
 */
export async function grantAdministrator(username: string): Promise<void> {
  await changeRole(username, async (_db, account) => (account.role === 'owner' ? 'owner' : 'admin'));
}

/** Makes an administrator or owner a member like any other. Refuses also `conflict` `last_owner`. */
export async function revokeAdministrator(username: string): Promise<void> {
  await changeRole(username, async (db, account) => {
    refuseUnless(!(await isLastOwner(db, account.id)), 'conflict', 'last_owner');
    return 'member';
  });
}

type Holder = { id: number; role: InstanceRole };

async function changeRole(
  username: string,
  choose: (db: Transaction, account: Holder) => Promise<InstanceRole>,
): Promise<void> {
  const accountId = await transaction(async (db) => {
    await lockOwners(db);
    const account = await findHolder(db, username.trim());
    const role = await choose(db, account);
    if (role === account.role) return account.id;
    await db.account.update({ where: { id: account.id }, data: { role }, select: { id: true } });
    await publish(db, 'everyone', { type: 'account_changed', accountId: account.id });
    await recordAudit(db, null, {
      action: 'user.role.update',
      targetType: 'user',
      targetId: account.id,
      metadata: { role, formerRole: account.role },
    });
    return account.id;
  });
  knownSessions.forgetAccount(accountId);
}

async function findHolder(db: Transaction, username: string): Promise<Holder> {
  const row = couldBeUsername(username)
    ? await db.account.findUnique({ where: { username }, select: { id: true, role: true } })
    : null;
  refuseUnless(row, 'not_found', 'account');
  return plain(row);
}
