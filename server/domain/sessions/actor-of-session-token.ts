import type { Actor } from '#server/domain/kernel/actor';

/** On whose behalf the bearer of a session's token acts; null for unknown, ended and expired ones. Never throws for bad tokens. */
export async function actorOfSessionToken(_token: string): Promise<Actor | null> {
  throw new Error('not written yet');
}

/** Makes ended sessions worthless in this process at once; the hub calls it for those that another process ended. */
export function forgetSessions(_sessionIds: readonly number[]): void {
  throw new Error('not written yet');
}
