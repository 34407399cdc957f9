import { holdAdministrator } from '#server/domain/accounts/administration';
import { recordAudit } from '#server/domain/audit/record-audit';
import type { Actor } from '#server/domain/kernel/actor';
import { publish } from '#server/domain/kernel/publish';
import { refuse, refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { presentWebhook, webhookFields } from '#server/domain/webhooks/webhook';
import { forgetWebhooks } from '#server/domain/webhooks/webhook-of-token';
import { plain } from '#server/platform/database';

/**
 * Makes a webhook's token worthless; what was posted by it stays. Refuses `forbidden` `not_an_administrator`,
 * `not_found` `webhook`.
 */
export async function deleteWebhook(actor: Actor, webhookId: number): Promise<void> {
  await transaction(async (db) => {
    await holdAdministrator(db, actor);
    const row = await db.webhook.findUnique({ where: { id: webhookId }, select: webhookFields });
    if (!row) return refuse('not_found', 'webhook');
    const { name, conversationId, channelName } = presentWebhook(plain(row));
    // "many", because another administrator may be faster
    const { count } = await db.webhook.deleteMany({ where: { id: webhookId } });
    refuseUnless(count > 0, 'not_found', 'webhook');
    await publish(db, 'everyone', { type: 'webhook_deleted', webhookId, conversationId });
    await recordAudit(db, actor, {
      action: 'webhook.delete',
      targetType: 'webhook',
      targetId: webhookId,
      metadata: { name, channel: channelName },
    });
  });
  forgetWebhooks();
}
