import { requireAdministrator } from '#server/domain/accounts/administration';
import type { Actor } from '#server/domain/kernel/actor';
import { presentWebhook, type WebhookView, webhookFields } from '#server/domain/webhooks/webhook';
import { plain, prisma } from '#server/platform/database';

/** Every webhook, oldest first. Refuses `forbidden` `not_an_administrator`. */
export async function listWebhooks(actor: Actor): Promise<WebhookView[]> {
  await requireAdministrator(actor);
  const rows = await prisma.webhook.findMany({
    where: { conversation: { archivedAt: null } },
    select: webhookFields,
    orderBy: { id: 'asc' },
  });
  return plain(rows).map(presentWebhook);
}
