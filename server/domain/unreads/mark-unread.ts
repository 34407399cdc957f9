import { z } from 'zod';
import type { Actor } from '#server/domain/kernel/actor';
import { Id } from '#server/domain/kernel/ids';

/** the message at `seq` becomes the first unread one */
export const MarkUnread = z.object({ conversationId: Id, seq: z.number().int().positive() });
export type MarkUnread = z.input<typeof MarkUnread>;

export async function markUnread(_actor: Actor, _input: MarkUnread): Promise<void> {
  throw new Error('not written yet');
}
