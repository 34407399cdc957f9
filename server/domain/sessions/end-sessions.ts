import type { Actor } from '#server/domain/kernel/actor';
import { publish } from '#server/domain/kernel/publish';
import { refuse } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { forgetSessions } from '#server/domain/sessions/actor-of-session-token';
import { knownSessions } from '#server/domain/sessions/known-sessions';
import { hashOfToken } from '#server/domain/sessions/session-token';
import { now } from '#server/platform/clock';
import type { Prisma, Transaction } from '#server/platform/database';

/** Ends one of the actor's own sessions, the current one too. Refuses `not_found` `session`. */
export async function endSession(actor: Actor, sessionId: number): Promise<void> {
  const ended = await transaction((db) => removeSessions(db, actor.accountId, { id: sessionId }));
  forgetSessions(ended);
  if (ended.length === 0) refuse('not_found', 'session');
}

/** Signs the actor out everywhere else, access tokens included. */
export async function endOtherSessions(actor: Actor): Promise<void> {
  const ended = await transaction((db) =>
    removeSessionsAndTokens(db, actor.accountId, othersThan(actor.sessionId)),
  );
  forgetSessions(ended);
  knownSessions.forgetAccount(actor.accountId);
}

/**
 * Ends all of the actor's sessions but the one of this secret. Access tokens live on until they expire, as
 * MikroChat documents it; `endOtherSessions` is what stops a thief at once.
 */
export async function endSessionsButToken(actor: Actor, kept: string | null): Promise<void> {
  const others = kept === null ? {} : { tokenHash: { not: hashOfToken(kept) } };
  forgetSessions(await transaction((db) => removeSessions(db, actor.accountId, others)));
}

/** Every session but this. */
export function othersThan(sessionId: number | null): Prisma.SessionWhereInput {
  return sessionId === null ? {} : { id: { not: sessionId } };
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
  const sessionIds = await take(db, accountId, which);
  if (sessionIds.length > 0) {
    await publish(db, { accountIds: [accountId] }, { type: 'session_ended', accountId, sessionIds });
  }
  return sessionIds;
}

/**
 * The same, and makes every access token of the account worthless, those of the sessions that stay as well: their
 * clients get new ones. After the commit `knownSessions.forgetAccount` has to be called, too.
 */
export async function removeSessionsAndTokens(
  db: Transaction,
  accountId: number,
  which: Prisma.SessionWhereInput,
): Promise<number[]> {
  await db.$executeRaw`
    UPDATE account SET tokens_valid_from = greatest(${now()}::bigint, tokens_valid_from + 1) WHERE id = ${accountId}`;
  const sessionIds = await take(db, accountId, which);
  const event = { type: 'session_ended', accountId, sessionIds, tokens: true } as const;
  await publish(db, { accountIds: [accountId] }, event);
  return sessionIds;
}

async function take(db: Transaction, accountId: number, which: Prisma.SessionWhereInput): Promise<number[]> {
  const rows = await db.session.findMany({ where: { ...which, accountId }, select: { id: true } });
  const sessionIds = rows.map((row) => Number(row.id));
  if (sessionIds.length > 0) await db.session.deleteMany({ where: { id: { in: sessionIds } } });
  return sessionIds;
}
