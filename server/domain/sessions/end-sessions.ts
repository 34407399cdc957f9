import type { Actor } from '#server/domain/kernel/actor';
import { publish } from '#server/domain/kernel/publish';
import { refuse } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { forgetSessions } from '#server/domain/sessions/actor-of-session-token';
import type { Prisma, Transaction } from '#server/platform/database';

/** Ends one of the actor's own sessions, the current one too. Refuses `not_found` `session`. */
export async function endSession(actor: Actor, sessionId: number): Promise<void> {
  const ended = await transaction((db) => removeSessions(db, actor.accountId, { id: sessionId }));
  forgetSessions(ended);
  if (ended.length === 0) refuse('not_found', 'session');
}

/** Signs the actor out everywhere else. */
export async function endOtherSessions(actor: Actor): Promise<void> {
  const ended = await transaction((db) =>
    removeSessions(db, actor.accountId, { id: { not: actor.sessionId } }),
  );
  forgetSessions(ended);
}

/**
 * Removes those sessions of an account, with their event, and returns their ids: hand them to `forgetSessions`
 * once the transaction has committed.
 */
export async function removeSessions(
  db: Transaction,
  accountId: number,
  which: Prisma.SessionWhereInput,
): Promise<number[]> {
  const rows = await db.session.findMany({ where: { ...which, accountId }, select: { id: true } });
  const sessionIds = rows.map((row) => Number(row.id));
  if (sessionIds.length === 0) return [];
  await db.session.deleteMany({ where: { id: { in: sessionIds } } });
  await publish(db, { accountIds: [accountId] }, { type: 'session_ended', accountId, sessionIds });
  return sessionIds;
}
