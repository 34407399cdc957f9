import { addAccountByEmail } from '#server/domain/accounts/add-account-by-email';
import { limitSignUps } from '#server/domain/accounts/attempt-limits';
import { normalEmail } from '#server/domain/accounts/email';
import { hashPassword } from '#server/domain/accounts/password';
import { passwordLengthProblem } from '#server/domain/accounts/password-rules';
import type { SignedIn } from '#server/domain/accounts/sign-up';
import { refuse, refuseUnless } from '#server/domain/kernel/refusal';
import type { Device } from '#server/domain/sessions/session';
import { admit } from '#server/domain/sign-in/admit';
import { requireMode } from '#server/domain/sign-in/auth-mode';
import { prisma } from '#server/platform/database';
import { loginSettings } from '#server/platform/settings';

/**
 * Makes an account for an address and signs it in. Refuses `invalid` `email` or with the rule of length the password
 * breaks, `conflict` `email_taken`, `rate_limited`, and `not_found` `sign_in_way` where people don't sign in by
 * password or don't come uninvited.
 */
export async function register(
  input: { email: string; password: string },
  device: Device,
): Promise<SignedIn> {
  requireMode('password');
  refuseUnless(!loginSettings().auth.isInviteRequired, 'not_found', 'sign_in_way');
  const email = normalEmail(input.email);
  refuseUnless(email, 'invalid', 'email');
  const problem = passwordLengthProblem(input.password);
  if (problem) refuse('invalid', problem);
  limitSignUps(device);
  // saves the slow hash; who was first is decided by the insert
  const rival = await prisma.account.findUnique({ where: { email }, select: { id: true } });
  refuseUnless(rival === null, 'conflict', 'email_taken');
  const passwordHash = await hashPassword(input.password);
  return admit(device, async (db) => {
    const account = await addAccountByEmail(db, { email, passwordHash });
    refuseUnless(account, 'conflict', 'email_taken');
    return { account, endedSessionIds: [] };
  });
}
