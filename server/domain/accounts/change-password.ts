import { confirmPassword } from '#server/domain/accounts/confirm-password';
import { hashPassword } from '#server/domain/accounts/password';
import { passwordProblem } from '#server/domain/accounts/password-rules';
import type { Actor } from '#server/domain/kernel/actor';
import { refuse, refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { forgetSessions } from '#server/domain/sessions/actor-of-session-token';
import { othersThan, removeSessionsAndTokens } from '#server/domain/sessions/end-sessions';
import { knownSessions } from '#server/domain/sessions/known-sessions';

export type ChangePassword = { currentPassword: string; password: string; confirmation: string };

/**
 * Replaces the actor's password and signs them out everywhere else: somebody may be in who knew the old one.
 * Refuses `invalid` with the first rule the new one breaks (as at signup), and as `confirmPassword` does.
 */
export async function changePassword(actor: Actor, input: ChangePassword): Promise<void> {
  const problem = passwordProblem(input.password);
  if (problem) refuse('invalid', problem);
  refuseUnless(input.password === input.confirmation, 'invalid', 'confirmation_differs');
  const currentHash = await confirmPassword(actor, input.currentPassword);
  const passwordHash = await hashPassword(input.password);
  const { accountId, sessionId } = actor;
  const ended = await transaction(async (db) => {
    // the hash again, so that of two simultaneous changes the slower one doesn't undo the other
    const { count } = await db.account.updateMany({
      where: { id: accountId, passwordHash: currentHash },
      data: { passwordHash, failedLogins: 0, lockedUntil: null },
    });
    refuseUnless(count > 0, 'forbidden', 'wrong_password');
    return removeSessionsAndTokens(db, accountId, othersThan(sessionId));
  });
  forgetSessions(ended);
  knownSessions.forgetAccount(accountId);
}
