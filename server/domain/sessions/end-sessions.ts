import type { Actor } from '#server/domain/kernel/actor';

export async function endSession(_actor: Actor, _sessionId: number): Promise<void> {
  throw new Error('not written yet');
}

export async function endOtherSessions(_actor: Actor): Promise<void> {
  throw new Error('not written yet');
}
