import { limitPasswordChecks } from '#server/domain/accounts/attempt-limits';
import { verifyPassword } from '#server/domain/accounts/password';
import { isTooLongToBeAPassword } from '#server/domain/accounts/password-rules';
import type { Actor } from '#server/domain/kernel/actor';
import { refuse, refuseUnless } from '#server/domain/kernel/refusal';
import { prisma } from '#server/platform/database';

/**
 * Asks a signed-in person for their password once more, before what an open session alone must not do. Returns the
 * hash it was checked against; refuses `forbidden` `wrong_password`, and `rate_limited` after many attempts. Slow:
 * not inside a transaction.
 */
export async function confirmPassword(actor: Actor, password: string): Promise<string> {
  limitPasswordChecks(actor);
  const account = await prisma.account.findUnique({
    where: { id: actor.accountId },
    select: { passwordHash: true },
  });
  const passwordHash = account?.passwordHash;
  if (!passwordHash || isTooLongToBeAPassword(password)) refuse('forbidden', 'wrong_password');
  refuseUnless(await verifyPassword(passwordHash, password), 'forbidden', 'wrong_password');
  return passwordHash;
}

/** The same for what somebody may do who has no password to be asked for: their session has to be enough then. */
export async function confirmPasswordIfAny(actor: Actor, password: string): Promise<void> {
  const account = await prisma.account.findUnique({
    where: { id: actor.accountId },
    select: { passwordHash: true },
  });
  if (account?.passwordHash === null) limitPasswordChecks(actor);
  else await confirmPassword(actor, password);
}
