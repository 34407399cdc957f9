import { z } from '@hono/zod-openapi';
import { millisecondsOf } from '#server/dialects/mikrochat/present';
import type { WebhookView } from '#server/domain/webhooks/webhook';

export const WebhookJson = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    channelId: z.string(),
    createdAt: z.int(),
    createdBy: z.string(),
    token: z.string().optional().openapi({ description: 'shown once, when it is made' }),
  })
  .openapi('Webhook');

export function presentWebhook(webhook: WebhookView): z.output<typeof WebhookJson> {
  return {
    id: String(webhook.id),
    name: webhook.name,
    channelId: String(webhook.conversationId),
    createdAt: millisecondsOf(webhook.createdAt),
    createdBy: String(webhook.createdById),
  };
}
