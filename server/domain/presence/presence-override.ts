import type { Actor } from '#server/domain/kernel/actor';
import { sendSignal } from '#server/domain/kernel/signals';
import type { PresenceOverride } from '#server/domain/presence/presence';
import { now } from '#server/platform/clock';
import { prisma } from '#server/platform/database';

/** What others see of the actor from now on, whatever their clients report; null: what they report. */
export async function setPresenceOverride(actor: Actor, override: PresenceOverride | null): Promise<void> {
  const { accountId } = actor;
  const { state } = await prisma.presence.upsert({
    where: { accountId },
    create: { accountId, state: 'active', override, lastSeenAt: now() },
    update: { override, lastSeenAt: now() },
    select: { state: true },
  });
  sendSignal({ type: 'presence', accountId, state: override ?? state });
}

/** What the actor chose to be seen as; null if nothing. */
export async function presenceOverride(actor: Actor): Promise<PresenceOverride | null> {
  const row = await prisma.presence.findUnique({
    where: { accountId: actor.accountId },
    select: { override: true },
  });
  return row?.override === 'hidden' ? null : (row?.override ?? null);
}
