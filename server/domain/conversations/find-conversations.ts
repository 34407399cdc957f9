import type { ConversationView } from '#server/domain/conversations/conversation';
import type { Actor } from '#server/domain/kernel/actor';

/** Everything the actor is in, hidden ones too: public channels in order, private ones by id, then newest activity first. */
export async function listConversations(_actor: Actor): Promise<ConversationView[]> {
  throw new Error('not written yet');
}

/** Refuses `not_found` `conversation` for everything the actor isn't in. */
export async function findConversation(_actor: Actor, _conversationId: number): Promise<ConversationView> {
  throw new Error('not written yet');
}
