import type { AccountView } from '#server/domain/accounts/account';
import { addAccount, isInhabited } from '#server/domain/accounts/add-account';
import { limitSignUps } from '#server/domain/accounts/attempt-limits';
import { hashPassword } from '#server/domain/accounts/password';
import { type PasswordProblem, passwordProblem } from '#server/domain/accounts/password-rules';
import { type UsernameProblem, usernameProblem } from '#server/domain/accounts/username';
import { refuse, refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { announcePresence } from '#server/domain/presence/record-presence';
import { openSession } from '#server/domain/sessions/open-session';
import type { Device, OpenedSession } from '#server/domain/sessions/session';
import { prisma } from '#server/platform/database';
import { loginSettings } from '#server/platform/settings';

/** All as typed; the username is trimmed here. */
export type SignUp = { username: string; password: string; confirmation: string };

export type SignedIn = { account: AccountView; session: OpenedSession };

/**
 * Makes an account and signs it in. The first account of a server becomes its owner. Refuses `invalid` with the
 * first rule broken (`SignUpProblem`), `conflict` `username_taken` when the name exists in any letter case,
 * `forbidden` `invite_required` where only the invited may come, and `rate_limited`.
 */
export async function signUp(input: SignUp, device: Device): Promise<SignedIn> {
  const username = input.username.trim();
  const problem = signUpProblem({ ...input, username });
  if (problem) refuse('invalid', problem);
  limitSignUps(device);
  // these save the slow hash; what counts is what the transaction finds
  refuseUnless(await isSignUpOpen(), 'forbidden', 'invite_required');
  if (await isTaken(username)) refuse('conflict', 'username_taken');
  const passwordHash = await hashPassword(input.password);

  const signedIn = await transaction(async (db) => {
    const account = await addAccount(db, { username, passwordHash });
    return { account, session: await openSession(db, account.id, device) };
  });
  announcePresence(signedIn.account.id, 'active');
  return signedIn;
}

export type SignUpProblem = UsernameProblem | PasswordProblem | 'confirmation_differs';

/** The order is documented (minimost.md §2.1): clients show the first problem only. */
function signUpProblem({ username, password, confirmation }: SignUp): SignUpProblem | null {
  if (password === '') return 'blank';
  return (
    usernameProblem(username) ??
    passwordProblem(password) ??
    (password === confirmation ? null : 'confirmation_differs')
  );
}

/** Whether anybody may make themselves an account; whoever comes to an empty server may. */
export async function isSignUpOpen(): Promise<boolean> {
  return !loginSettings().auth.isInviteRequired || !(await isInhabited(prisma));
}

async function isTaken(username: string): Promise<boolean> {
  return (await prisma.account.findUnique({ where: { username }, select: { id: true } })) !== null;
}
