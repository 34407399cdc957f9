import type { Actor } from '#server/domain/kernel/actor';
import type { PresenceState } from '#server/platform/database';

export async function reportPresence(_actor: Actor, _input: { state: PresenceState }): Promise<void> {
  throw new Error('not written yet');
}
