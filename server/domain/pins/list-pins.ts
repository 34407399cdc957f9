import type { Actor } from '#server/domain/kernel/actor';
import { refuse } from '#server/domain/kernel/refusal';
import type { Message } from '#server/domain/messages/message';
import { messagesJson } from '#server/domain/messages/message-json';
import { PLACES } from '#server/domain/messages/policy';
import { sql } from '#server/platform/database';

const PINS = `
  SELECT ${messagesJson({
    where: 'm.conversation_id = c.id AND m.pinned_at IS NOT NULL AND m.seq > me.history_start',
    order: 'm.pinned_at DESC',
  })} AS pins
  FROM ${PLACES} WHERE me.account_id = $1 AND me.conversation_id = $2`;

/** What is pinned in a conversation, the latest pin first. `not_found/conversation` where the actor isn't. */
export async function listPins(
  actor: Actor,
  { conversationId }: { conversationId: number },
): Promise<Message[]> {
  const [found] = await sql<{ pins: Message[] }>('pins.list', PINS, [actor.accountId, conversationId]);
  return found?.pins ?? refuse('not_found', 'conversation');
}
