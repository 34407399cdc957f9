import { limitEmailAttempts, mayMailTo } from '#server/domain/accounts/attempt-limits';
import { normalEmail } from '#server/domain/accounts/email';
import type { SignedIn } from '#server/domain/accounts/sign-up';
import { isSignUpOpen } from '#server/domain/accounts/sign-up';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { ringMailer, writeMail } from '#server/domain/mail/write-mail';
import { notingRefusals } from '#server/domain/sessions/note-refusals';
import type { Device } from '#server/domain/sessions/session';
import { accountOfProvenEmail, admit } from '#server/domain/sign-in/admit';
import { requireMode } from '#server/domain/sign-in/auth-mode';
import { linkFor } from '#server/domain/sign-in/links';
import { answerByMail } from '#server/domain/sign-in/mailed-requests';
import { magicLinkMail } from '#server/domain/sign-in/mails';
import { issueToken, redeemToken } from '#server/domain/sign-in/one-time-token';
import { plain, prisma } from '#server/platform/database';

/**
 * Mails a link to sign in with, if the address has an account or may get one. Answers the same in every case, also
 * for what is no address at all. Refuses `not_found` `sign_in_way` in another mode, and `rate_limited`.
 */
export function requestMagicLink({ email }: { email: string }, device: Device): void {
  requireMode('magic-link');
  limitEmailAttempts(device, email.trim());
  const address = normalEmail(email);
  if (address && mayMailTo(address, device.ip)) answerByMail(() => mailLink(address, device));
}

/**
 * Signs in whoever was mailed a link, and makes them an account if they have none. Refuses `invalid` `token` for one
 * that is unknown, used, expired or another address's, `forbidden` `invite_required`, and as `requestMagicLink` does.
 */
export async function verifyMagicLink(
  { email, token }: { email: string; token: string },
  device: Device,
): Promise<SignedIn> {
  requireMode('magic-link');
  limitEmailAttempts(device, email.trim());
  const address = normalEmail(email);
  refuseUnless(address, 'invalid', 'token');
  return notingRefusals('link', device, () =>
    admit(device, async (db) => {
      const redeemed = await redeemToken(db, { purpose: 'magic_link', email: address }, token);
      refuseUnless(redeemed, 'invalid', 'token');
      return accountOfProvenEmail(db, address);
    }),
  );
}

async function mailLink(email: string, { face }: Device): Promise<void> {
  const account = plain(await prisma.account.findUnique({ where: { email }, select: { id: true } }));
  if (!account && !(await isSignUpOpen())) return;
  await transaction(async (db) => {
    const token = await issueToken(db, { purpose: 'magic_link', email }, account?.id ?? null);
    await writeMail(db, magicLinkMail(email, linkFor(face, 'magic_link', { email, token })));
  });
  ringMailer();
}
