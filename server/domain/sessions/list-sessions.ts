import type { Actor } from '#server/domain/kernel/actor';
import type { SessionView } from '#server/domain/sessions/session';
import { now } from '#server/platform/clock';
import { plain, prisma } from '#server/platform/database';

/** The actor's own sessions, last used first. */
export async function listSessions(actor: Actor): Promise<SessionView[]> {
  const rows = await prisma.session.findMany({
    where: { accountId: actor.accountId, expiresAt: { gt: now() } },
    select: {
      id: true,
      face: true,
      userAgent: true,
      ip: true,
      tokenHint: true,
      createdAt: true,
      lastUsedAt: true,
    },
    orderBy: [{ lastUsedAt: 'desc' }, { id: 'desc' }],
  });
  return plain(rows).map(({ tokenHint: hint, ...row }) => ({
    ...row,
    hint,
    current: row.id === actor.sessionId,
  }));
}
