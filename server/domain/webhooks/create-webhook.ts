import { randomBytes } from 'node:crypto';
import { holdAdministrator } from '#server/domain/accounts/administration';
import { recordAudit } from '#server/domain/audit/record-audit';
import { PUBLIC } from '#server/domain/channels/channel';
import type { Actor } from '#server/domain/kernel/actor';
import { lockConversation } from '#server/domain/kernel/lock';
import { plainName } from '#server/domain/kernel/plain-name';
import { publish } from '#server/domain/kernel/publish';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import {
  hashOfWebhookToken,
  presentWebhook,
  type WebhookView,
  webhookFields,
} from '#server/domain/webhooks/webhook';
import { now } from '#server/platform/clock';
import { plain } from '#server/platform/database';

/** `name` is what its messages are signed with. */
export type CreateWebhook = { name: string; conversationId: number };

/**
 * Lets programs post into a public channel by a token, which is answered here and never again. Refuses `forbidden`
 * `not_an_administrator`, `not_found` `conversation` (other kinds of conversations too: what is said there is its
 * members' alone), `invalid` `webhook_name`.
 */
export async function createWebhook(
  actor: Actor,
  input: CreateWebhook,
): Promise<{ webhook: WebhookView; token: string }> {
  const token = randomBytes(32).toString('hex');
  const webhook = await transaction(async (db) => {
    await holdAdministrator(db, actor);
    const { conversationId } = input;
    // the lock, or it would outlive a channel that is being deleted
    await lockConversation(db, conversationId);
    const channel = await db.conversation.findFirst({
      where: { ...PUBLIC, id: conversationId },
      select: { name: true },
    });
    refuseUnless(channel, 'not_found', 'conversation');
    const name = plainName(input.name, { limit: 100, reason: 'webhook_name' });

    const row = await db.webhook.create({
      data: {
        name,
        conversationId,
        tokenHash: hashOfWebhookToken(token),
        createdById: actor.accountId,
        createdAt: now(),
      },
      select: webhookFields,
    });
    const webhookId = Number(row.id);
    await publish(db, 'everyone', { type: 'webhook_created', webhookId, conversationId, name });
    await recordAudit(db, actor, {
      action: 'webhook.create',
      targetType: 'webhook',
      targetId: webhookId,
      metadata: { name, channel: channel.name },
    });
    return presentWebhook(plain(row));
  });
  return { webhook, token };
}
