import type { Actor, Person } from '#server/domain/kernel/actor';

/** Who else is typing there, by username; nobody in a conversation the actor can't see. */
export async function listTyping(_actor: Actor, _conversationId: number): Promise<Person[]> {
  throw new Error('not written yet');
}
