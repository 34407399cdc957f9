import type { Actor } from '#server/domain/kernel/actor';

export async function reportTyping(_actor: Actor, _conversationId: number): Promise<void> {
  throw new Error('not written yet');
}
