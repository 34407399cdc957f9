import type { Actor } from '#server/domain/kernel/actor';

export async function addMember(
  _actor: Actor,
  _input: { conversationId: number; username: string },
): Promise<void> {
  throw new Error('not written yet');
}
