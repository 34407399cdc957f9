import type { Actor } from '#server/domain/kernel/actor';
import type { SessionView } from '#server/domain/sessions/session';

/** The actor's own sessions, last used first. */
export async function listSessions(_actor: Actor): Promise<SessionView[]> {
  throw new Error('not written yet');
}
