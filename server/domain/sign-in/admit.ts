import { type AccountView, accountFields, presentAccount } from '#server/domain/accounts/account';
import { addAccountByEmail } from '#server/domain/accounts/add-account-by-email';
import type { SignedIn } from '#server/domain/accounts/sign-up';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { announcePresence, recordPresence } from '#server/domain/presence/record-presence';
import { forgetSessions } from '#server/domain/sessions/actor-of-session-token';
import { removeSessionsAndTokens } from '#server/domain/sessions/end-sessions';
import { knownSessions } from '#server/domain/sessions/known-sessions';
import { openSession } from '#server/domain/sessions/open-session';
import type { Device } from '#server/domain/sessions/session';
import { now } from '#server/platform/clock';
import { plain, type Transaction } from '#server/platform/database';

/** Who somebody has turned out to be, and which sessions had to end for it. */
export type Proven = { account: AccountView; endedSessionIds: number[] };

/**
 * Lets in whoever `prove` finds, in one transaction with it: opens a session, shows them present. What `prove`
 * refuses leaves nothing behind.
 */
export async function admit(device: Device, prove: (db: Transaction) => Promise<Proven>): Promise<SignedIn> {
  const { account, endedSessionIds, session, change } = await transaction(async (db) => {
    const proven = await prove(db);
    const accountId = proven.account.id;
    const opened = await openSession(db, accountId, device);
    return { ...proven, session: opened, change: await recordPresence(db, accountId, 'active') };
  });
  if (endedSessionIds.length > 0) {
    forgetSessions(endedSessionIds);
    knownSessions.forgetAccount(account.id);
  }
  announcePresence(account.id, change);
  return { account, session };
}

/**
 * The account of an address whose owner is at the door: the one there is, or a new one. Refuses `forbidden`
 * `invite_required` where only the invited may come.
 */
export async function accountOfProvenEmail(
  db: Transaction,
  email: string,
  name?: string | null,
): Promise<Proven> {
  const found = await lockByEmail(db, email);
  if (found) return prove(db, found);
  const added = await addAccountByEmail(db, {
    email,
    name: name ?? null,
    passwordHash: null,
    emailProvenAt: now(),
  });
  if (added) return { account: added, endedSessionIds: [] };
  const rival = await lockByEmail(db, email);
  refuseUnless(rival, 'conflict', 'email_taken');
  return prove(db, rival);
}

type Found = { id: number; emailProvenAt: number | null };

async function lockByEmail(db: Transaction, email: string): Promise<Found | undefined> {
  const rows = await db.$queryRaw<Found[]>`
    SELECT id, email_proven_at AS "emailProvenAt" FROM account
    WHERE email = ${email}::citext AND deleted_at IS NULL FOR NO KEY UPDATE`;
  return plain(rows)[0];
}

/**
 * Somebody else may have made this account with the address of its owner and a password of their own, to share it
 * later: when the owner comes for the first time, that password and everything opened with it are gone.
 */
async function prove(db: Transaction, { id, emailProvenAt }: Found): Promise<Proven> {
  const endedSessionIds = emailProvenAt === null ? await removeSessionsAndTokens(db, id, {}) : [];
  const row = await db.account.update({
    where: { id },
    data: {
      failedLogins: 0,
      lockedUntil: null,
      ...(emailProvenAt === null ? { emailProvenAt: now(), passwordHash: null } : {}),
    },
    select: accountFields,
  });
  return { account: presentAccount(plain(row)), endedSessionIds };
}
