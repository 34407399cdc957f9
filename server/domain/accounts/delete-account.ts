import type { Actor } from '#server/domain/kernel/actor';

/** `soft` keeps what the person wrote, under "Deleted User"; `hard` removes the text of it as well. */
export type DeleteAccount = { kind: 'soft' | 'hard'; password: string };

export async function deleteAccount(_actor: Actor, _input: DeleteAccount): Promise<void> {
  throw new Error('not written yet');
}
