import { z } from 'zod';
import type { Actor } from '#server/domain/kernel/actor';
import { Id } from '#server/domain/kernel/ids';
import type { Message } from '#server/domain/messages/message';

const Seq = z.number().int().nonnegative();

export const ListMessages = z.object({
  conversationId: Id,
  /** at most one of these three; none: the newest page */
  before: Seq.optional(),
  after: Seq.optional(),
  around: Seq.optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
export type ListMessages = z.input<typeof ListMessages>;

/** Ascending by `seq`. */
export type MessagePage = { messages: Message[]; hasOlder: boolean; hasNewer: boolean };

export async function listMessages(_actor: Actor, _input: ListMessages): Promise<MessagePage> {
  throw new Error('not written yet');
}
