import { z } from 'zod';
import type { Actor } from '#server/domain/kernel/actor';
import { Id } from '#server/domain/kernel/ids';
import type { Message } from '#server/domain/messages/message';

export const SendMessage = z.object({
  conversationId: Id,
  /** each becomes one message; those without text and files are left out */
  entries: z.array(z.object({ text: z.string().optional(), fileIds: z.array(Id).optional() })),
  /** what is quoted; not checked, may point to nothing */
  replyToId: z.number().int().safe().nullish(),
  /** the message whose thread this belongs to */
  threadRootId: Id.nullish(),
  /** unique per sender: a repeated send with it returns the first one's messages */
  clientKey: z.string().min(1).max(200).nullish(),
});
export type SendMessage = z.input<typeof SendMessage>;

export async function sendMessage(_actor: Actor, _input: SendMessage): Promise<Message[]> {
  throw new Error('not written yet');
}
