import { holdAdministrator, requireAdministrator } from '#server/domain/accounts/administration';
import { refuseToTouchOwners, roleOf } from '#server/domain/accounts/owners';
import { hashPassword } from '#server/domain/accounts/password';
import { passwordLengthProblem } from '#server/domain/accounts/password-rules';
import { recordAudit } from '#server/domain/audit/record-audit';
import type { Actor } from '#server/domain/kernel/actor';
import { refuse } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { forgetSessions } from '#server/domain/sessions/actor-of-session-token';
import { othersThan, removeSessionsAndTokens } from '#server/domain/sessions/end-sessions';
import { knownSessions } from '#server/domain/sessions/known-sessions';
import { prisma } from '#server/platform/database';

export type ResetPasswordAsAdmin = { accountId: number; password: string };

/**
 * Gives somebody a new password, unlocks them and signs them out everywhere (oneself everywhere else). Refuses, in
 * this order, `forbidden` `not_an_administrator`, `not_found` `account`, `forbidden` `owners_only` for an owner's,
 * and `invalid` with the rule of length it breaks.
 */
export async function resetPasswordAsAdmin(
  actor: Actor,
  { accountId, password }: ResetPasswordAsAdmin,
): Promise<void> {
  await requireAdministrator(actor);
  await refuseToTouchOwners(prisma, actor, await roleOf(prisma, accountId));
  const problem = passwordLengthProblem(password);
  if (problem) refuse('invalid', problem);
  const passwordHash = await hashPassword(password);
  const ended = await transaction(async (db) => {
    await holdAdministrator(db, actor);
    await refuseToTouchOwners(db, actor, await roleOf(db, accountId));
    const account = await db.account.update({
      where: { id: accountId },
      data: { passwordHash, failedLogins: 0, lockedUntil: null },
      select: { username: true },
    });
    await recordAudit(db, actor, {
      action: 'user.password.reset',
      targetType: 'user',
      targetId: accountId,
      metadata: { username: account.username },
    });
    const kept = accountId === actor.accountId ? actor.sessionId : null;
    return removeSessionsAndTokens(db, accountId, othersThan(kept));
  });
  forgetSessions(ended);
  knownSessions.forgetAccount(accountId);
}
