import type { PresenceView } from '#server/domain/presence/presence';

/** Everybody heard of within the last hour, offline or not, by username. */
export async function listPresence(): Promise<PresenceView[]> {
  throw new Error('not written yet');
}
