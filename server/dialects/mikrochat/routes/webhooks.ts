import { z } from '@hono/zod-openapi';
import { bearerToken } from '#server/auth/access-token';
import { json } from '#server/dialects/kit/answers';
import { strictJson } from '#server/dialects/kit/body';
import { route } from '#server/dialects/kit/route';
import { DONE, doneAnswer } from '#server/dialects/mikrochat/fields';
import { MessageJson, presentMessage } from '#server/dialects/mikrochat/present';
import type { Profile } from '#server/dialects/mikrochat/profile';
import { findChannelPlace, IdParam, idOrNull } from '#server/dialects/mikrochat/refs';
import { presentWebhook, WebhookJson } from '#server/dialects/mikrochat/webhooks';
import { requireAdministrator } from '#server/domain/accounts/administration';
import { refuse, refuseUnless } from '#server/domain/kernel/refusal';
import { postAsWebhook } from '#server/domain/messages/post-as-webhook';
import { createWebhook } from '#server/domain/webhooks/create-webhook';
import { deleteWebhook } from '#server/domain/webhooks/delete-webhook';
import { listWebhooks } from '#server/domain/webhooks/list-webhooks';
import { webhookOfToken } from '#server/domain/webhooks/webhook-of-token';

const tag = 'Webhooks';
const params = { webhookId: IdParam };

/** The webhook that a request's token is of; another's is `forbidden` here, anything else nobody's. */
async function findPoster(request: Request, webhookId: number) {
  const poster = await webhookOfToken(bearerToken(request.headers) ?? '');
  if (!poster) return refuse('unauthenticated', 'webhook_token');
  refuseUnless(poster.id === webhookId, 'forbidden', 'another_webhook');
  return poster;
}

export const webhookRoutes = (profile: Profile) => [
  route('GET', '/webhooks', {
    id: 'E50-webhooks-list',
    tag,
    summary: 'The webhooks',
    answers: { 200: json(z.object({ webhooks: z.array(WebhookJson) }), 'the webhooks, without tokens') },
    refuses: { forbidden: 'administrators only' },
    async handle({ actor }) {
      const webhooks = await listWebhooks(actor);
      return { status: 200, body: { webhooks: webhooks.map(presentWebhook) } };
    },
  }),

  route('POST', '/webhooks', {
    id: 'E51-webhooks-create',
    tag,
    summary: 'Let a program post into a channel',
    body: strictJson({ name: z.string(), channelId: z.string() }),
    answers: { 200: json(z.object({ webhook: WebhookJson }), 'the webhook, with its token') },
    refuses: { forbidden: 'administrators only', invalid: 'no name', not_found: 'no such channel' },
    admit: ({ actor }) => requireAdministrator(actor),
    async handle({ actor, body }) {
      const conversationId = idOrNull(body.channelId) ?? refuse('not_found', 'conversation');
      const { webhook, token } = await createWebhook(actor, { name: body.name, conversationId });
      return { status: 200, body: { webhook: { ...presentWebhook(webhook), token } } };
    },
  }),

  route('DELETE', '/webhooks/{webhookId}', {
    id: 'E52-webhooks-delete',
    tag,
    summary: 'Make a webhook’s token worthless',
    description: 'What was posted by it stays.',
    params,
    answers: { 200: doneAnswer },
    refuses: { forbidden: 'administrators only', not_found: 'no such webhook' },
    admit: ({ actor }) => requireAdministrator(actor),
    async handle({ actor, params }) {
      await deleteWebhook(actor, params.webhookId);
      return DONE;
    },
  }),

  route.open('POST', '/webhooks/{webhookId}/messages', {
    id: 'E53-webhooks-post',
    tag,
    summary: 'Post as a webhook',
    description: 'The token of the webhook is the Bearer token.',
    params,
    body: strictJson({
      content: z.string().default('').transform(profile.plain).openapi({ type: 'string' }),
    }),
    answers: { 200: json(z.object({ message: MessageJson }), 'the message') },
    refuses: {
      unauthenticated: 'no webhook’s token',
      forbidden: 'another webhook’s token',
      invalid: 'no content',
      not_found: 'its channel is gone',
    },
    admit: ({ request, params }) => findPoster(request, params.webhookId),
    async handle({ request, params, body }) {
      const { id, name, conversationId } = await findPoster(request, params.webhookId);
      const message = await postAsWebhook({ webhookId: id, name, conversationId }, { text: body.content });
      return {
        status: 200,
        body: { message: presentMessage(message, await findChannelPlace(conversationId), profile) },
      };
    },
  }),
];
