import type { Actor } from '#server/domain/kernel/actor';
import type { PresenceOverride } from '#server/domain/presence/presence';

export async function setPresenceOverride(_actor: Actor, _override: PresenceOverride | null): Promise<void> {
  throw new Error('not written yet');
}

/** What the actor chose; null: what their clients report. */
export async function presenceOverride(_actor: Actor): Promise<PresenceOverride | null> {
  throw new Error('not written yet');
}
