import { z } from 'zod';
import type { Actor } from '#server/domain/kernel/actor';
import { Id } from '#server/domain/kernel/ids';
import type { Message } from '#server/domain/messages/message';

export const EditMessage = z.object({ messageId: Id, text: z.string() });
export type EditMessage = z.input<typeof EditMessage>;

export async function editMessage(_actor: Actor, _input: EditMessage): Promise<Message> {
  throw new Error('not written yet');
}
