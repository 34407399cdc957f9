import { accountFields, presentAccount } from '#server/domain/accounts/account';
import { limitEmailAttempts, limitSignIns } from '#server/domain/accounts/attempt-limits';
import { normalEmail } from '#server/domain/accounts/email';
import { heldIfRefused } from '#server/domain/accounts/held-refusals';
import { countFailure, lockOf, notLocked, refuseWhileLocked } from '#server/domain/accounts/lockout';
import { pretendToVerify, verifyPassword } from '#server/domain/accounts/password';
import { isTooLongToBeAPassword } from '#server/domain/accounts/password-rules';
import type { SignedIn } from '#server/domain/accounts/sign-up';
import { couldBeUsername } from '#server/domain/accounts/username';
import { refuse } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { announcePresence, recordPresence } from '#server/domain/presence/record-presence';
import { notingRefusals } from '#server/domain/sessions/note-refusals';
import { openSession } from '#server/domain/sessions/open-session';
import type { Device } from '#server/domain/sessions/session';
import { plain, prisma } from '#server/platform/database';
import { loginSettings } from '#server/platform/settings';

/** As typed; the username is trimmed here and matches in any letter case. The address of an account does as well. */
export type SignIn = { username: string; password: string };

/**
 * Opens a session for whoever knows an account's password. Refuses `unauthenticated` `bad_credentials`, the same
 * for a wrong password and an unknown name, or `account_locked` with `minutes`, both only after the delay that the
 * settings ask for; `rate_limited` at once.
 */
export async function signIn(input: SignIn, device: Device): Promise<SignedIn> {
  limitSignIns(device);
  if (device.face === 'mikrochat') limitEmailAttempts(device, input.username.trim());
  return heldIfRefused(loginSettings().login_failure_delay_seconds, () =>
    notingRefusals('password', device, () => attempt(input, device)),
  );
}

/** The steps and their order are documented (minimost.md §2.1). */
async function attempt({ username, password }: SignIn, device: Device): Promise<SignedIn> {
  if (isTooLongToBeAPassword(password)) refuseCredentials();
  const account = await findCredentials(username.trim());
  if (!account) {
    await pretendToVerify(password);
    refuseCredentials();
  }
  refuseWhileLocked(account.lockedUntil);
  if (!(await verifyPassword(account.passwordHash, password))) {
    await countFailure(account.id);
    refuseCredentials();
  }
  return letIn(account, device);
}

type Credentials = { id: number; passwordHash: string; lockedUntil: number | null };

async function findCredentials(name: string): Promise<Credentials | null> {
  const email = normalEmail(name);
  if (email === null && !couldBeUsername(name)) return null;
  const row = await prisma.account.findUnique({
    where: email === null ? { username: name } : { email },
    select: { id: true, passwordHash: true, lockedUntil: true },
  });
  const { passwordHash, ...account } = plain(row) ?? { passwordHash: null };
  return passwordHash === null ? null : ({ ...account, passwordHash } as Credentials);
}

/** Asks again whether the account may come in: guesses made while this password was verified may have locked it. */
async function letIn({ id, passwordHash }: Credentials, device: Device): Promise<SignedIn> {
  const opened = await transaction(async (db) => {
    const admitted = await db.account.updateMany({
      where: { id, passwordHash, deletedAt: null, ...notLocked() },
      data: { failedLogins: 0, lockedUntil: null },
    });
    if (admitted.count === 0) return null;
    const account = await db.account.findUniqueOrThrow({ where: { id }, select: accountFields });
    const session = await openSession(db, id, device);
    const change = await recordPresence(db, id, 'active');
    return { account: presentAccount(plain(account)), session, change };
  });
  if (!opened) {
    refuseWhileLocked(await lockOf(id));
    refuseCredentials();
  }
  const { account, session, change } = opened;
  announcePresence(id, change);
  return { account, session };
}

function refuseCredentials(): never {
  return refuse('unauthenticated', 'bad_credentials');
}
