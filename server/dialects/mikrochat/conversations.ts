import { z } from '@hono/zod-openapi';
import { millisecondsOf, presentPerson } from '#server/dialects/mikrochat/present';
import { conversationIdOf, participantsOf } from '#server/dialects/mikrochat/refs';
import type { ConversationView } from '#server/domain/conversations/conversation';
import { type Actor, DELETED_NAME } from '#server/domain/kernel/actor';

export const ConversationJson = z
  .strictObject({
    id: z.string(),
    participants: z.tuple([z.string(), z.string()]),
    createdAt: z.int(),
    updatedAt: z.int().optional(),
    lastMessageAt: z.int().optional(),
    otherUser: z.strictObject({ id: z.string(), userName: z.string() }).nullable(),
  })
  .openapi('Conversation');
export type ConversationJson = z.output<typeof ConversationJson>;

/** A direct conversation of two; null for everything else. */
export function presentConversation(actor: Actor, view: ConversationView): ConversationJson | null {
  if (view.kind !== 'direct' || view.people.length !== 2) return null;
  const ids = view.people.map(({ id }) => id);
  const other = view.people.find(({ id }) => id !== actor.accountId);
  const lastMessageAt = millisecondsOf(view.lastSentAt);
  return {
    id: conversationIdOf(ids),
    participants: participantsOf(ids),
    createdAt: millisecondsOf(view.createdAt),
    ...(view.lastSentAt > 0 && { updatedAt: lastMessageAt, lastMessageAt }),
    // somebody who left has a name for what they wrote, but is nobody to write to
    otherUser: other && other.name !== DELETED_NAME ? presentPerson(other) : null,
  };
}
