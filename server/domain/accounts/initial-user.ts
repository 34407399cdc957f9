import { addAccountByEmail } from '#server/domain/accounts/add-account-by-email';
import { normalEmail } from '#server/domain/accounts/email';
import { hashPassword } from '#server/domain/accounts/password';
import { passwordLengthProblem } from '#server/domain/accounts/password-rules';
import { recordAudit } from '#server/domain/audit/record-audit';
import { transaction } from '#server/domain/kernel/transaction';
import { now } from '#server/platform/clock';
import { prisma } from '#server/platform/database';
import { settings } from '#server/platform/settings';

/**
 * Sees to the administrator that the settings name, if they do (mikrochat.md §1.3): makes the account if nobody has
 * that address, and gives it the password there if it has none. Never changes one it has. Throws if what the settings
 * say can't be used. For the start of the process; several may start at once.
 */
export async function ensureInitialUser(): Promise<void> {
  const { userName, email: given, password } = settings().chat.initialUser;
  if (given === '') return;
  const email = normalEmail(given);
  if (!email) throw new Error(`chat.initialUser.email of the settings is not an address: ${given}`);
  if (password !== '' && passwordLengthProblem(password)) {
    throw new Error('chat.initialUser.password of the settings must have 8 to 1024 characters.');
  }
  const existing = await prisma.account.findUnique({ where: { email }, select: { passwordHash: true } });
  const isPasswordWanted = password !== '' && !existing?.passwordHash;
  if (existing && !isPasswordWanted) return;
  const passwordHash = isPasswordWanted ? await hashPassword(password) : null;
  await transaction(async (db) => {
    const account = existing
      ? null
      : await addAccountByEmail(db, {
          email,
          name: userName || null,
          passwordHash,
          role: 'admin',
          isInvited: true,
          emailProvenAt: now(),
        });
    if (account) {
      await recordAudit(db, null, {
        action: 'user.create',
        targetType: 'user',
        targetId: account.id,
        metadata: { username: account.username, role: account.role },
      });
    } else if (passwordHash !== null) {
      await db.account.updateMany({ where: { email, passwordHash: null }, data: { passwordHash } });
    }
  });
}
