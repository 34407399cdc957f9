import type { Actor } from '#server/domain/kernel/actor';
import type { Message } from '#server/domain/messages/message';
import { sendMessage } from '#server/domain/messages/send-message';

/** Sends one text and returns its message. */
export async function say(actor: Actor, conversationId: number, text: string): Promise<Message> {
  const [message] = await sendMessage(actor, { conversationId, entries: [{ text }] });
  if (!message) throw new Error('nothing was sent');
  return message;
}
