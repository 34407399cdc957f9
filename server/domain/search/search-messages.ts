import { z } from 'zod';
import type { Actor } from '#server/domain/kernel/actor';
import { Id } from '#server/domain/kernel/ids';
import type { Message } from '#server/domain/messages/message';

/** Filters are ANDed; without any of the first five the answer is empty. */
export const SearchMessages = z.object({
  /** a literal, case-insensitive substring; trimmed */
  text: z.string().optional(),
  /** the sender's whole username, ignoring case; trimmed */
  from: z.string().optional(),
  conversationId: Id.optional(),
  /** stamp, inclusive */
  since: z.number().optional(),
  /** stamp, exclusive */
  until: z.number().optional(),
  limit: z.number().int().min(1).max(200).default(50),
  /** the last message of the page before */
  before: z.object({ createdAt: z.number(), id: Id }).optional(),
});
export type SearchMessages = z.input<typeof SearchMessages>;

/** Live messages the actor may see, newest first by (createdAt, id). */
export async function searchMessages(_actor: Actor, _input: SearchMessages): Promise<Message[]> {
  throw new Error('not written yet');
}
