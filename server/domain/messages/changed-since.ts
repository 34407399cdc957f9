import type { Actor } from '#server/domain/kernel/actor';
import type { Message } from '#server/domain/messages/message';

/** Every message of a conversation sent, edited, deleted or reacted to after a stamp, by (createdAt, id). */
export async function changedSince(
  _actor: Actor,
  _conversationId: number,
  _stamp: number,
): Promise<Message[]> {
  throw new Error('not written yet');
}
