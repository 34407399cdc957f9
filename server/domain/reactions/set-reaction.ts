import { z } from 'zod';
import type { Actor } from '#server/domain/kernel/actor';
import { Id } from '#server/domain/kernel/ids';
import type { Message } from '#server/domain/messages/message';

export const ToggleReaction = z.object({ messageId: Id, emoji: z.string() });
export type ToggleReaction = z.input<typeof ToggleReaction>;

export const SetReaction = ToggleReaction.extend({ on: z.boolean() });
export type SetReaction = z.input<typeof SetReaction>;

export async function toggleReaction(_actor: Actor, _input: ToggleReaction): Promise<Message> {
  throw new Error('not written yet');
}

export async function setReaction(_actor: Actor, _input: SetReaction): Promise<Message> {
  throw new Error('not written yet');
}
