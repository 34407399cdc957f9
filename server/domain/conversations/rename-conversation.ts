import type { Actor } from '#server/domain/kernel/actor';

export async function renameConversation(
  _actor: Actor,
  _input: { conversationId: number; name: string },
): Promise<void> {
  throw new Error('not written yet');
}
