import type { Actor } from '#server/domain/kernel/actor';

/** The id of the direct conversation of the actor and these people, made if need be. */
export async function openDirect(_actor: Actor, _accountIds: readonly number[]): Promise<number> {
  throw new Error('not written yet');
}
