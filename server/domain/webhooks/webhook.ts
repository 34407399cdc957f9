import { createHash } from 'node:crypto';
import type { Plain, Prisma } from '#server/platform/database';

/** A webhook as administrators see it: without its token, which nobody can read again. Stamp. */
export type WebhookView = {
  id: number;
  name: string;
  conversationId: number;
  channelName: string;
  createdAt: number;
  createdById: number;
};

/** What a query has to select for a `WebhookView`; pass the row through `presentWebhook`. */
export const webhookFields = {
  id: true,
  name: true,
  conversationId: true,
  conversation: { select: { name: true } },
  createdAt: true,
  createdById: true,
} satisfies Prisma.WebhookSelect;

type WebhookRow = Plain<Prisma.WebhookGetPayload<{ select: typeof webhookFields }>>;

export function presentWebhook({ conversation, ...row }: WebhookRow): WebhookView {
  return { ...row, channelName: conversation.name ?? '' };
}

/** 256 random bits as clients expect them (mikrochat.md §1.2). */
export const WEBHOOK_TOKEN = /^[0-9a-f]{64}$/;

/** What the database keeps of a token: whoever reads the table can't post with it. */
export function hashOfWebhookToken(token: string): Buffer<ArrayBuffer> {
  return createHash('sha256').update(token).digest();
}
