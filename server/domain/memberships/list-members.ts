import type { Actor, Person } from '#server/domain/kernel/actor';

/** Everybody in a conversation, the actor too, by name in code units; deleted accounts aside. */
export async function listMembers(_actor: Actor, _conversationId: number): Promise<Person[]> {
  throw new Error('not written yet');
}
