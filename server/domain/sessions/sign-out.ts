import type { Actor } from '#server/domain/kernel/actor';
import { sendSignal } from '#server/domain/kernel/signals';
import { transaction } from '#server/domain/kernel/transaction';
import { forgetSessions } from '#server/domain/sessions/actor-of-session-token';
import { removeSessions } from '#server/domain/sessions/end-sessions';
import { now } from '#server/platform/clock';

/** Ends the actor's session, this one only; they are seen offline, whatever they had chosen to be seen as. */
export async function signOut(actor: Actor): Promise<void> {
  const { accountId } = actor;
  const offline = { state: 'offline', override: null, lastSeenAt: now() } as const;
  const ended = await transaction(async (db) => {
    await db.presence.upsert({
      where: { accountId },
      create: { accountId, ...offline },
      update: offline,
      select: { accountId: true },
    });
    return removeSessions(db, accountId, { id: actor.sessionId });
  });
  forgetSessions(ended);
  sendSignal({ type: 'presence', accountId, state: 'offline' });
}
