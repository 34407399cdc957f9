import { type Device, type OpenedSession, SESSION_LIFETIME } from '#server/domain/sessions/session';
import { hashOfToken, newSessionToken } from '#server/domain/sessions/session-token';
import { now } from '#server/platform/clock';
import type { Transaction } from '#server/platform/database';

const LONGEST_USER_AGENT = 400;

/** Opens a session for an account whose owner has just proved who they are, and drops their expired ones. */
export async function openSession(
  db: Transaction,
  accountId: number,
  device: Device,
): Promise<OpenedSession> {
  const at = now();
  const token = newSessionToken();
  await db.session.deleteMany({ where: { accountId, expiresAt: { lte: at } } });
  const session = await db.session.create({
    data: {
      accountId,
      tokenHash: hashOfToken(token),
      face: device.face,
      userAgent: device.userAgent?.slice(0, LONGEST_USER_AGENT) ?? null,
      ip: device.ip,
      createdAt: at,
      lastUsedAt: at,
      expiresAt: at + SESSION_LIFETIME,
    },
    select: { id: true },
  });
  return { id: Number(session.id), token };
}
