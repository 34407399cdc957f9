import { z } from 'zod';
import type { Actor } from '#server/domain/kernel/actor';
import { Id } from '#server/domain/kernel/ids';
import type { Message } from '#server/domain/messages/message';

export const DeleteMessage = z.object({ messageId: Id });
export type DeleteMessage = z.input<typeof DeleteMessage>;

export async function deleteMessage(_actor: Actor, _input: DeleteMessage): Promise<Message> {
  throw new Error('not written yet');
}
