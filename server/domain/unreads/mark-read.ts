import { z } from 'zod';
import type { Actor } from '#server/domain/kernel/actor';
import { Id } from '#server/domain/kernel/ids';

/** without `seq`: everything */
export const MarkRead = z.object({ conversationId: Id, seq: z.number().int().nonnegative().optional() });
export type MarkRead = z.input<typeof MarkRead>;

export async function markRead(_actor: Actor, _input: MarkRead): Promise<void> {
  throw new Error('not written yet');
}
