import type { Face } from '#server/domain/kernel/actor';
import { removeSessions } from '#server/domain/sessions/end-sessions';
import { type Device, lifetimeOf, type OpenedSession } from '#server/domain/sessions/session';
import { hashOfToken, hintOf, newSessionToken } from '#server/domain/sessions/session-token';
import { now } from '#server/platform/clock';
import type { Transaction } from '#server/platform/database';
import { log } from '#server/platform/log';
import { loginSettings } from '#server/platform/settings';

const LONGEST_USER_AGENT = 400;

/**
 * Opens a session for an account whose owner has just proved who they are, and drops their expired ones. Through
 * MikroChat's face only so many at once: the oldest make room, and end as `removeSessions` ends them. Nothing in
 * this process remembers those by their secret, so nobody has to be told to forget.
 */
export async function openSession(
  db: Transaction,
  accountId: number,
  device: Device,
): Promise<OpenedSession> {
  const at = now();
  const token = newSessionToken(device.face);
  await db.session.deleteMany({ where: { accountId, expiresAt: { lte: at } } });
  if (device.face === 'mikrochat') await makeRoom(db, accountId, device.face);
  const session = await db.session.create({
    data: {
      accountId,
      tokenHash: hashOfToken(token),
      tokenHint: hintOf(token),
      face: device.face,
      userAgent: device.userAgent?.slice(0, LONGEST_USER_AGENT) ?? null,
      ip: device.ip,
      createdAt: at,
      lastUsedAt: at,
      expiresAt: at + lifetimeOf(device.face),
    },
    select: { id: true },
  });
  log.info(
    { account: accountId, session: Number(session.id), face: device.face, ip: device.ip },
    'signed in',
  );
  return { id: Number(session.id), token };
}

/** Under the account's lock, so that several who sign in at once count each other. */
async function makeRoom(db: Transaction, accountId: number, face: Face): Promise<void> {
  await db.$executeRaw`SELECT FROM account WHERE id = ${accountId} FOR NO KEY UPDATE`;
  const surplus = await db.session.findMany({
    where: { accountId, face },
    orderBy: { id: 'desc' },
    skip: loginSettings().auth.maxActiveSessions - 1,
    select: { id: true },
  });
  if (surplus.length > 0) await removeSessions(db, accountId, { id: { in: surplus.map(({ id }) => id) } });
}
