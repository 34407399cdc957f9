import { accountFields, presentAccount } from '#server/domain/accounts/account';
import { limitEmailAttempts, mayMailTo } from '#server/domain/accounts/attempt-limits';
import { normalEmail } from '#server/domain/accounts/email';
import { findSignInFacts } from '#server/domain/accounts/own-email';
import { hashPassword } from '#server/domain/accounts/password';
import { passwordLengthProblem, passwordProblem } from '#server/domain/accounts/password-rules';
import type { SignedIn } from '#server/domain/accounts/sign-up';
import type { Actor } from '#server/domain/kernel/actor';
import { refuse, refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { ringMailer, writeMail } from '#server/domain/mail/write-mail';
import { removeSessionsAndTokens } from '#server/domain/sessions/end-sessions';
import { notingRefusals } from '#server/domain/sessions/note-refusals';
import type { Device } from '#server/domain/sessions/session';
import { admit, type Proven } from '#server/domain/sign-in/admit';
import { requireMode } from '#server/domain/sign-in/auth-mode';
import { linkFor } from '#server/domain/sign-in/links';
import { answerByMail } from '#server/domain/sign-in/mailed-requests';
import { setPasswordMail } from '#server/domain/sign-in/mails';
import { isRedeemable, issueToken, redeemToken } from '#server/domain/sign-in/one-time-token';
import { now } from '#server/platform/clock';
import { plain, prisma, type Transaction } from '#server/platform/database';

/**
 * Mails a link to set a new password with, if the address has an account. Answers the same in every case. Refuses
 * `not_found` `sign_in_way` in another mode than passwords, and `rate_limited`.
 */
export function requestPasswordReset({ email }: { email: string }, device: Device): void {
  requireMode('password');
  limitEmailAttempts(device, email.trim());
  const address = normalEmail(email);
  if (address && mayMailTo(address, device.ip)) answerByMail(() => mailLink(address, device));
}

/**
 * The same for the actor's own address: how somebody who has no password gets one. Refuses `conflict` `no_email`
 * without an address, and `not_found` `sign_in_way` and `rate_limited` as well.
 */
export async function requestOwnPassword(actor: Actor): Promise<void> {
  requireMode('password');
  const { email } = await findSignInFacts(actor);
  refuseUnless(email, 'conflict', 'no_email');
  if (!mayMailTo(email, null)) refuse('rate_limited', 'too_many_attempts', { retryAfterSeconds: 3_600 });
  await mailLink(email, { face: 'web' });
}

export type SetupPassword = { email: string; token: string; password: string };

/**
 * Sets the password of whoever was mailed a link, ends everything opened with the old one and signs them in. Refuses
 * `invalid` with the first rule the password breaks (in the web app all of signup's, elsewhere its length) or
 * `token`, `not_found` `account` if it has gone, and as `requestPasswordReset` does. What is refused uses up nothing.
 */
export function setupPassword(input: SetupPassword, device: Device): Promise<SignedIn> {
  return notingRefusals('password_link', device, () => setup(input, device));
}

async function setup(input: SetupPassword, device: Device): Promise<SignedIn> {
  requireMode('password');
  const rule = device.face === 'web' ? passwordProblem : passwordLengthProblem;
  const problem = rule(input.password);
  if (problem) refuse('invalid', problem);
  limitEmailAttempts(device, input.email.trim());
  const email = normalEmail(input.email);
  refuseUnless(email, 'invalid', 'token');
  const subject = { purpose: 'set_password', email } as const;
  refuseUnless(await isRedeemable(prisma, subject, input.token), 'invalid', 'token');
  const passwordHash = await hashPassword(input.password);
  return admit(device, async (db) => {
    const redeemed = await redeemToken(db, subject, input.token);
    refuseUnless(redeemed, 'invalid', 'token');
    return replacePassword(db, email, redeemed.accountId, passwordHash);
  });
}

async function replacePassword(
  db: Transaction,
  email: string,
  accountId: number | null,
  passwordHash: string,
): Promise<Proven> {
  const account = plain(await db.account.findUnique({ where: { email }, select: { id: true } }));
  refuseUnless(account && account.id === accountId, 'not_found', 'account');
  const { id } = account;
  const row = await db.account.update({
    where: { id },
    data: { passwordHash, emailProvenAt: now(), failedLogins: 0, lockedUntil: null },
    select: accountFields,
  });
  return {
    account: presentAccount(plain(row)),
    endedSessionIds: await removeSessionsAndTokens(db, id, {}),
  };
}

async function mailLink(email: string, { face }: Pick<Device, 'face'>): Promise<void> {
  const row = await prisma.account.findUnique({ where: { email }, select: { id: true, passwordHash: true } });
  const account = plain(row);
  if (!account) return;
  const kind = account.passwordHash === null ? 'first_password' : 'set_password';
  await transaction(async (db) => {
    const token = await issueToken(db, { purpose: 'set_password', email }, account.id);
    await writeMail(db, setPasswordMail(email, linkFor(face, kind, { email, token })));
  });
  ringMailer();
}
