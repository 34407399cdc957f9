import { type Audience, DomainEvent } from '#server/domain/kernel/events';
import { wakeHub } from '#server/domain/kernel/wake';
import { now } from '#server/platform/clock';
import type { Transaction } from '#server/platform/database';

/**
 * Writes one event in the command's own transaction; the hub delivers it after the commit. Throws on an event
 * whose shape the union does not know: a bug, never input.
 */
export async function publish(db: Transaction, audience: Audience, event: DomainEvent): Promise<void> {
  const { type, ...payload } = DomainEvent.parse(event);
  await db.event.create({
    data: {
      type,
      payload,
      createdAt: now(),
      conversationId:
        audience !== 'everyone' && 'conversationId' in audience ? audience.conversationId : null,
      accountIds: audience !== 'everyone' && 'accountIds' in audience ? [...audience.accountIds] : [],
    },
    select: { id: true },
  });
  wakeHub.afterCommit(db);
}
