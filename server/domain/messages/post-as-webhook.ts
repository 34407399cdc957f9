import { refuse, refuseUnless } from '#server/domain/kernel/refusal';
import { rereadMessage } from '#server/domain/messages/find-messages';
import type { Message } from '#server/domain/messages/message';
import { post } from '#server/domain/messages/post-queue';
import { entryDraft } from '#server/domain/messages/send-message';

/** A webhook whose token has been checked: it writes into its own channel and nowhere else. */
export type Bot = { webhookId: number; name: string; conversationId: number };

/**
 * Writes a message in a webhook's name. Nobody can edit it; administrators can remove it. Refuses `invalid/empty`,
 * `too_large/message_too_long`, `not_found/conversation` when the channel is gone.
 */
export async function postAsWebhook(bot: Bot, { text }: { text: string }): Promise<Message> {
  const entry = entryDraft({ text });
  refuseUnless(entry.text !== undefined, 'invalid', 'empty');
  const answer = await post(bot.conversationId, { bot: bot.webhookId, name: bot.name, entries: [entry] });
  if (!('messages' in answer)) return refuse('not_found', 'conversation');
  return rereadMessage(answer.messages[0]?.id ?? 0);
}
