import type { Actor } from '#server/domain/kernel/actor';

export async function signOut(_actor: Actor): Promise<void> {
  throw new Error('not written yet');
}
