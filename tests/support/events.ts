import { plain, prisma } from '#server/platform/database';

/** One stored event as tests compare it: for whom, and what it says. */
export type PublishedEvent = { type: string; audience: unknown; payload: unknown };

/** What a command publishes, in order. Nothing else may run meanwhile. */
export async function eventsOf(command: () => Promise<unknown>): Promise<PublishedEvent[]> {
  const last = await prisma.event.findFirst({ orderBy: { id: 'desc' }, select: { id: true } });
  await command();
  const rows = await prisma.event.findMany({
    where: { id: { gt: last?.id ?? 0 } },
    select: { type: true, conversationId: true, accountIds: true, payload: true },
    orderBy: { id: 'asc' },
  });
  return plain(rows).map(({ type, payload, conversationId, accountIds }) => ({
    type,
    audience:
      conversationId !== null ? { conversationId } : accountIds.length > 0 ? { accountIds } : 'everyone',
    payload,
  }));
}
