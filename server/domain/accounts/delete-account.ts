import { buryAccount, forgetBuried } from '#server/domain/accounts/bury-account';
import { confirmPasswordIfAny } from '#server/domain/accounts/confirm-password';
import { eraseMessages } from '#server/domain/accounts/erase-messages';
import { findHeir, lockOwners } from '#server/domain/accounts/owners';
import { recordAudit } from '#server/domain/audit/record-audit';
import type { Actor } from '#server/domain/kernel/actor';
import { transaction } from '#server/domain/kernel/transaction';
import { prisma } from '#server/platform/database';

/** `soft` keeps what the person wrote, under "Deleted User"; `hard` removes the content of it as well. */
export type DeleteAccount = { kind: 'soft' | 'hard'; password: string };

/**
 * Ends an account for good, as `buryAccount` does. Refuses `conflict` `last_owner` (see `findHeir`), and as
 * `confirmPasswordIfAny` does.
 */
export async function deleteAccount(actor: Actor, { kind, password }: DeleteAccount): Promise<void> {
  const { accountId } = actor;
  await confirmPasswordIfAny(actor, password);
  if (kind === 'hard') {
    // first, because an account that is gone can't ask again for what an interruption has left
    await findHeir(prisma, accountId);
    await eraseMessages(accountId);
  }
  const burial = await transaction(async (db) => {
    await lockOwners(db);
    const buried = await buryAccount(db, accountId, 'self');
    await recordAudit(db, actor, { action: 'user.exit', targetType: 'user', targetId: accountId });
    return buried;
  });
  await forgetBuried(burial);
  // what was sent in the meantime
  if (kind === 'hard') await eraseMessages(accountId);
}
