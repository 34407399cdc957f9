import { refuse } from '#server/domain/kernel/refusal';
import { now } from '#server/platform/clock';
import { plain, prisma } from '#server/platform/database';
import { log } from '#server/platform/log';
import { loginSettings } from '#server/platform/settings';

const MINUTE = 60_000_000;

/** Whether wrong passwords lock accounts at all. Like every question here it reads the settings as they are now. */
function isLockoutOn(): boolean {
  return loginSettings().max_login_attempts > 0;
}

/** Refuses `unauthenticated` `account_locked` with the whole `minutes` that remain, if that is so. */
export function refuseWhileLocked(lockedUntil: number | null): void {
  const at = now();
  if (lockedUntil === null || lockedUntil <= at || !isLockoutOn()) return;
  refuseLocked(Math.floor((lockedUntil - at) / MINUTE) + 1);
}

/** The accounts among these that may sign in now, as a where-clause: to be asked again in the statement that lets in. */
export function notLocked() {
  return isLockoutOn() ? { OR: [{ lockedUntil: null }, { lockedUntil: { lte: now() } }] } : {};
}

/**
 * Counts a wrong password, atomically, so that simultaneous guesses count like any others. Refuses
 * `account_locked` if this one locks the account or another has meanwhile; returns otherwise.
 */
export async function countFailure(accountId: number): Promise<void> {
  if (!isLockoutOn()) return;
  const { max_login_attempts: most, lockout_duration_minutes: minutes } = loginSettings();
  const at = now();
  const rows = await prisma.$queryRaw<{ failedLogins: number }[]>`
    UPDATE account
    SET failed_logins = CASE WHEN failed_logins + 1 >= ${most} THEN 0 ELSE failed_logins + 1 END,
        locked_until = CASE WHEN failed_logins + 1 >= ${most} THEN ${at + Math.round(minutes * MINUTE)}::bigint END
    WHERE id = ${accountId} AND (locked_until IS NULL OR locked_until <= ${at})
    RETURNING failed_logins AS "failedLogins"`;
  if (rows[0]?.failedLogins === 0) {
    log.warn({ account: accountId, minutes }, 'an account was locked');
    refuseLocked(Math.ceil(minutes));
  }
  if (!rows[0]) refuseWhileLocked(await lockOf(accountId));
}

/** Until when an account is locked, as a stamp. */
export async function lockOf(accountId: number): Promise<number | null> {
  const row = await prisma.account.findUnique({ where: { id: accountId }, select: { lockedUntil: true } });
  return plain(row)?.lockedUntil ?? null;
}

function refuseLocked(minutes: number): never {
  return refuse('unauthenticated', 'account_locked', { minutes });
}
