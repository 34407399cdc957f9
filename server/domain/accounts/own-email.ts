import { mayMailTo } from '#server/domain/accounts/attempt-limits';
import { confirmPassword, confirmPasswordIfAny } from '#server/domain/accounts/confirm-password';
import { normalEmail } from '#server/domain/accounts/email';
import type { Actor } from '#server/domain/kernel/actor';
import { publish } from '#server/domain/kernel/publish';
import { refuse, refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { ringMailer, writeMail } from '#server/domain/mail/write-mail';
import { linkFor } from '#server/domain/sign-in/links';
import { confirmEmailMail } from '#server/domain/sign-in/mails';
import { issueToken, redeemToken } from '#server/domain/sign-in/one-time-token';
import { now } from '#server/platform/clock';
import { Prisma, plain, prisma, type Transaction } from '#server/platform/database';

/** What the actor signs in with, for them alone. */
export type SignInFacts = { email: string | null; hasPassword: boolean };

export async function findSignInFacts(actor: Actor): Promise<SignInFacts> {
  const row = await prisma.account.findUniqueOrThrow({
    where: { id: actor.accountId },
    select: { email: true, passwordHash: true },
  });
  return { email: row.email, hasPassword: row.passwordHash !== null };
}

export type RequestEmail = { email: string; password: string };

/**
 * Mails a link to an address that the actor wants to use; until it is opened nothing changes. The same for an address
 * that somebody else has, so that nobody learns who that is. Refuses `invalid` `email`, as
 * `confirmPasswordIfAny` does, and `rate_limited`.
 */
export async function requestEmail(actor: Actor, input: RequestEmail): Promise<void> {
  const email = normalEmail(input.email);
  refuseUnless(email, 'invalid', 'email');
  await confirmPasswordIfAny(actor, input.password);
  if (!mayMailTo(email, null)) refuse('rate_limited', 'too_many_attempts', { retryAfterSeconds: 3_600 });
  await transaction(async (db) => {
    const token = await issueToken(db, { purpose: 'confirm_email', email }, actor.accountId);
    const link = linkFor('web', 'confirm_email', { email, token });
    await writeMail(db, confirmEmailMail(email, link, actor.username));
  });
  ringMailer();
}

/**
 * Makes an address whose owner has opened their link the account's. The link alone is the proof: no session is asked
 * for. Refuses `invalid` `token`, and `conflict` `email_taken` if another account has proven it by now.
 */
export async function confirmEmail(input: {
  email: string;
  token: string;
}): Promise<{ username: string; email: string }> {
  const email = normalEmail(input.email);
  refuseUnless(email, 'invalid', 'token');
  try {
    return await transaction(async (db) => {
      const redeemed = await redeemToken(db, { purpose: 'confirm_email', email }, input.token);
      refuseUnless(redeemed?.accountId, 'invalid', 'token');
      await takeFromSquatter(db, email);
      return setEmail(db, redeemed.accountId, email);
    });
  } catch (error) {
    const isTaken = error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
    if (isTaken) refuse('conflict', 'email_taken');
    throw error;
  }
}

/** Takes the actor's address away. Refuses as `confirmPassword` does: who has no password needs the address. */
export async function removeEmail(actor: Actor, { password }: { password: string }): Promise<void> {
  await confirmPassword(actor, password);
  await transaction((db) => setEmail(db, actor.accountId, null));
}

/** An account that has an address without ever having proven it makes way for whoever does. */
async function takeFromSquatter(db: Transaction, email: string): Promise<void> {
  const squatters = await db.account.updateManyAndReturn({
    where: { email, emailProvenAt: null },
    data: { email: null },
    select: { id: true },
  });
  for (const { id } of plain(squatters)) {
    await publish(db, 'everyone', { type: 'account_changed', accountId: id });
  }
}

async function setEmail<Email extends string | null>(db: Transaction, accountId: number, email: Email) {
  const accounts = await db.account.updateManyAndReturn({
    where: { id: accountId, deletedAt: null },
    data: { email, emailProvenAt: email === null ? null : now() },
    select: { username: true },
  });
  const [account] = plain(accounts);
  refuseUnless(account, 'invalid', 'token');
  // faces that show addresses have to hear of it
  await publish(db, 'everyone', { type: 'account_changed', accountId });
  return { username: account.username ?? '', email };
}
