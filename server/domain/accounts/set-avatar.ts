import type { Actor } from '#server/domain/kernel/actor';

/** Makes a stored picture (its name in the avatar store) the actor's, or none. Returns the name of the one before. */
export async function setAvatar(_actor: Actor, _fileName: string | null): Promise<string | null> {
  throw new Error('not written yet');
}
