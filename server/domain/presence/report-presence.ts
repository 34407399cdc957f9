import type { Actor } from '#server/domain/kernel/actor';
import { announcePresence, recordPresence } from '#server/domain/presence/record-presence';
import { type PresenceState, prisma } from '#server/platform/database';

/** What the actor's client says of them. Believed for an hour; the server never derives a state by itself. */
export async function reportPresence(actor: Actor, input: { state: PresenceState }): Promise<void> {
  announcePresence(actor.accountId, await recordPresence(prisma, actor.accountId, input.state));
}
