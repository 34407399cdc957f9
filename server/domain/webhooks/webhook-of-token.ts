import { LRUCache } from 'lru-cache';
import { hashOfWebhookToken, WEBHOOK_TOKEN } from '#server/domain/webhooks/webhook';
import { plain, prisma } from '#server/platform/database';
import { processSingleton } from '#server/platform/process-singleton';

/** What posts with a webhook's token: `name` signs, `conversationId` is where. */
export type WebhookPoster = { id: number; name: string; conversationId: number };

/** A busy program costs no look-up per post; a few seconds bound what no event has told us. */
const known = processSingleton('webhooks.known', () => ({
  byHash: new LRUCache<string, WebhookPoster>({ max: 1_000, ttl: 5_000 }),
  /** how often all were forgotten: what was read before the last time is not kept */
  forgotten: 0,
}));

/** Whose token this is; null for anything that is no webhook's, or of a channel that is gone. */
export async function webhookOfToken(token: string): Promise<WebhookPoster | null> {
  if (!WEBHOOK_TOKEN.test(token)) return null;
  const tokenHash = hashOfWebhookToken(token);
  const key = tokenHash.toString('base64');
  const poster = known.byHash.get(key);
  if (poster) return poster;

  const { forgotten } = known;
  const row = await prisma.webhook.findUnique({
    where: { tokenHash, conversation: { archivedAt: null } },
    select: { id: true, name: true, conversationId: true },
  });
  if (row && forgotten === known.forgotten) known.byHash.set(key, plain(row));
  return plain(row);
}

/** After one was deleted: by this process once it is committed, by another when the hub hears of it. */
export function forgetWebhooks(): void {
  known.byHash.clear();
  known.forgotten++;
}
