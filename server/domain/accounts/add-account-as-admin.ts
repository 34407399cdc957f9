import { addAccountByEmail } from '#server/domain/accounts/add-account-by-email';
import { holdAdministrator, requireAdministrator } from '#server/domain/accounts/administration';
import { normalEmail } from '#server/domain/accounts/email';
import { hashPassword } from '#server/domain/accounts/password';
import { passwordLengthProblem } from '#server/domain/accounts/password-rules';
import { recordAudit } from '#server/domain/audit/record-audit';
import type { Actor } from '#server/domain/kernel/actor';
import { refuse, refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { ringMailer, writeMail } from '#server/domain/mail/write-mail';
import { authMode } from '#server/domain/sign-in/auth-mode';
import { type LinkKind, linkFor } from '#server/domain/sign-in/links';
import { invitationMail } from '#server/domain/sign-in/mails';
import { issueToken, type TokenPurpose } from '#server/domain/sign-in/one-time-token';
import { now } from '#server/platform/clock';
import type { Transaction } from '#server/platform/database';

/** Without a password the person is mailed a link, so that they choose one or come in by it. */
export type AddAccountAsAdmin = { email: string; role?: 'member' | 'admin'; password?: string | undefined };

/**
 * Makes an account for somebody else, also where only the invited may come. Refuses, in this order, `forbidden`
 * `not_an_administrator`, `invalid` `email` or with the rule of length the password breaks, `conflict` `email_taken`.
 * A password is ignored where nobody signs in by one.
 */
export async function addAccountAsAdmin(
  actor: Actor,
  { role = 'member', ...input }: AddAccountAsAdmin,
): Promise<{ accountId: number }> {
  await requireAdministrator(actor);
  const email = normalEmail(input.email);
  refuseUnless(email, 'invalid', 'email');
  const password = authMode() === 'password' ? input.password : undefined;
  const problem = password === undefined ? null : passwordLengthProblem(password);
  if (problem) refuse('invalid', problem);
  const passwordHash = password === undefined ? null : await hashPassword(password);

  const accountId = await transaction(async (db) => {
    await holdAdministrator(db, actor);
    const account = await addAccountByEmail(db, {
      email,
      passwordHash,
      role,
      isInvited: true,
      // an administrator vouches for it
      emailProvenAt: now(),
      addedById: actor.accountId,
    });
    refuseUnless(account, 'conflict', 'email_taken');
    await recordAudit(db, actor, {
      action: 'user.create',
      targetType: 'user',
      targetId: account.id,
      metadata: { username: account.username, role },
    });
    if (passwordHash === null) await mailInvitation(db, actor, account.id, email);
    return account.id;
  });
  ringMailer();
  return { accountId };
}

const INVITATIONS = {
  password: { purpose: 'set_password', kind: 'first_password' },
  'magic-link': { purpose: 'magic_link', kind: 'magic_link' },
  dev: null,
} as const satisfies Record<string, { purpose: TokenPurpose; kind: LinkKind } | null>;

async function mailInvitation(
  db: Transaction,
  actor: Actor,
  accountId: number,
  email: string,
): Promise<void> {
  const invitation = INVITATIONS[authMode()];
  if (!invitation) return;
  const token = await issueToken(db, { purpose: invitation.purpose, email }, accountId);
  await writeMail(
    db,
    invitationMail(email, linkFor(actor.face, invitation.kind, { email, token }), actor.username),
  );
}
