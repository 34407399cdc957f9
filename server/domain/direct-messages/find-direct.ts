import type { Actor } from '#server/domain/kernel/actor';

/** The id of the direct conversation of the actor and the people of exactly these names; null if there is none. */
export async function findDirectOrNull(_actor: Actor, _usernames: readonly string[]): Promise<number | null> {
  throw new Error('not written yet');
}
