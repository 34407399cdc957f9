import type { Actor } from '#server/domain/kernel/actor';
import { now } from '#server/platform/clock';
import { plain, prisma } from '#server/platform/database';

/**
 * Those of these actors whose sign-in still stands: their session is neither ended nor expired, or they have a token
 * without a session and their account is still there. For the hub, which asks for many people's at once.
 */
export async function unscopedSignedIn(actors: readonly Actor[]): Promise<Set<Actor>> {
  const [sessionIds, accountIds] = await Promise.all([
    openSessions(actors.flatMap(({ sessionId }) => sessionId ?? [])),
    livingAccounts(actors.flatMap(({ sessionId, accountId }) => (sessionId === null ? accountId : []))),
  ]);
  return new Set(
    actors.filter(({ sessionId, accountId }) =>
      sessionId === null ? accountIds.has(accountId) : sessionIds.has(sessionId),
    ),
  );
}

async function openSessions(ids: number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set();
  const rows = await prisma.session.findMany({
    where: { id: { in: ids }, expiresAt: { gt: now() } },
    select: { id: true },
  });
  return new Set(plain(rows).map(({ id }) => id));
}

async function livingAccounts(ids: number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set();
  const rows = await prisma.account.findMany({
    where: { id: { in: ids }, deletedAt: null },
    select: { id: true },
  });
  return new Set(plain(rows).map(({ id }) => id));
}
