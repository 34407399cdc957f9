import type { Actor } from '#server/domain/kernel/actor';
import { sendSignal } from '#server/domain/kernel/signals';
import { transaction } from '#server/domain/kernel/transaction';
import { forgetSessions } from '#server/domain/sessions/actor-of-session-token';
import { removeSessions } from '#server/domain/sessions/end-sessions';
import { hashOfToken } from '#server/domain/sessions/session-token';
import { now } from '#server/platform/clock';
import type { Prisma } from '#server/platform/database';

/** Ends the actor's session, this one only; they are seen offline, whatever they had chosen to be seen as. */
export async function signOut(actor: Actor): Promise<void> {
  const { accountId, sessionId } = actor;
  await leave(accountId, sessionId === null ? { id: { in: [] } } : { id: sessionId });
}

/**
 * The same by a session's secret, for clients that hold it themselves. Nothing happens if it isn't (or no longer) one
 * of this account's, which may itself be gone.
 */
export async function signOutToken(accountId: number, token: string): Promise<void> {
  await leave(accountId, { tokenHash: hashOfToken(token) });
}

async function leave(accountId: number, session: Prisma.SessionWhereInput): Promise<void> {
  const offline = { state: 'offline', override: null, lastSeenAt: now() } as const;
  const ended = await transaction(async (db) => {
    const sessionIds = await removeSessions(db, accountId, session);
    if (sessionIds.length > 0) {
      await db.presence.upsert({
        where: { accountId },
        create: { accountId, ...offline },
        update: offline,
        select: { accountId: true },
      });
    }
    return sessionIds;
  });
  if (ended.length === 0) return;
  forgetSessions(ended);
  sendSignal({ type: 'presence', accountId, state: 'offline' });
}
