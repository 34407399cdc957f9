import { z } from '@hono/zod-openapi';
import { json } from '#server/dialects/kit/answers';
import { strictJson } from '#server/dialects/kit/body';
import { route } from '#server/dialects/kit/route';
import {
  ChannelJson,
  meantName,
  presentChannel,
  presentPrivateChannel,
} from '#server/dialects/mikrochat/channels';
import { DONE, doneAnswer } from '#server/dialects/mikrochat/fields';
import { IdParam } from '#server/dialects/mikrochat/refs';
import { requireAdministrator } from '#server/domain/accounts/administration';
import { changePublicChannel } from '#server/domain/channels/change-public-channel';
import { createPublicChannel } from '#server/domain/channels/create-public-channel';
import { deletePublicChannel } from '#server/domain/channels/delete-public-channel';
import { publicChannels } from '#server/domain/channels/public-channels';
import { listConversations } from '#server/domain/conversations/find-conversations';

const tag = 'Channels';
const params = { channelId: IdParam };
const it = json(z.object({ channel: ChannelJson }), 'the channel');
const name = z.string().default('');
const topic = z.string().nullish();

export const channelRoutes = () => [
  route('GET', '/channels', {
    id: 'E23-channels-list',
    tag,
    summary: 'The channels, General first',
    description:
      'Private channels, and direct conversations of more than two people, are listed for those who are in them.',
    answers: { 200: json(z.object({ channels: z.array(ChannelJson) }), 'the channels') },
    async handle({ actor }) {
      const mine = await listConversations(actor);
      const channels = [
        ...(await publicChannels()).map(presentChannel),
        ...mine.flatMap((view) => presentPrivateChannel(view) ?? []),
      ];
      return { status: 200, body: { channels } };
    },
  }),

  route('POST', '/channels', {
    id: 'E24-channels-create',
    tag,
    summary: 'Open a channel for everybody',
    body: strictJson({ name, topic }),
    answers: { 200: it },
    refuses: { forbidden: 'administrators only', invalid: 'no name', conflict: 'the name is taken' },
    admit: ({ actor }) => requireAdministrator(actor),
    async handle({ actor, body }) {
      const channel = await createPublicChannel(actor, { ...body, name: await meantName(body.name) });
      return { status: 200, body: { channel: presentChannel(channel) } };
    },
  }),

  route('PUT', '/channels/{channelId}', {
    id: 'E25-channels-update',
    tag,
    summary: 'Rename a channel',
    params,
    body: strictJson({ name, topic }),
    answers: { 200: it },
    refuses: {
      forbidden: 'administrators only',
      not_found: 'no such channel',
      invalid: 'no name',
      conflict: 'the name is taken, or it is the General channel',
    },
    admit: ({ actor }) => requireAdministrator(actor),
    async handle({ actor, params, body }) {
      const channel = await changePublicChannel(actor, {
        conversationId: params.channelId,
        name: await meantName(body.name),
        ...(body.topic !== undefined && { topic: body.topic }),
      });
      return { status: 200, body: { channel: presentChannel(channel) } };
    },
  }),

  route('DELETE', '/channels/{channelId}', {
    id: 'E26-channels-delete',
    tag,
    summary: 'Delete a channel',
    description: 'Its messages, replies, reactions, images and webhooks go with it.',
    params,
    answers: { 200: doneAnswer },
    refuses: {
      forbidden: 'administrators only',
      not_found: 'no such channel',
      conflict: 'it is the General channel',
    },
    async handle({ actor, params }) {
      await deletePublicChannel(actor, params.channelId);
      return DONE;
    },
  }),
];
