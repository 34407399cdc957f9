import { now } from '#server/platform/clock';
import { plain, prisma } from '#server/platform/database';

/** Those of these sessions that are neither ended nor expired. For the hub, which asks for many people's at once. */
export async function unscopedOpenSessions(ids: readonly number[]): Promise<Set<number>> {
  const rows = await prisma.session.findMany({
    where: { id: { in: [...ids] }, expiresAt: { gt: now() } },
    select: { id: true },
  });
  return new Set(plain(rows).map(({ id }) => id));
}
