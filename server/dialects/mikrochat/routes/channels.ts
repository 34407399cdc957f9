import { z } from '@hono/zod-openapi';
import { json } from '#server/dialects/kit/answers';
import { strictJson } from '#server/dialects/kit/body';
import { route } from '#server/dialects/kit/route';
import {
  ChannelJson,
  isPrivateChannel,
  presentChannel,
  presentPrivateChannel,
} from '#server/dialects/mikrochat/channels';
import { DONE, doneAnswer } from '#server/dialects/mikrochat/fields';
import { findChannelPlace, IdParam, idOrNull } from '#server/dialects/mikrochat/refs';
import { requireAdministrator } from '#server/domain/accounts/administration';
import { changePublicChannel } from '#server/domain/channels/change-public-channel';
import { createPublicChannel } from '#server/domain/channels/create-public-channel';
import { deletePublicChannel } from '#server/domain/channels/delete-public-channel';
import { publicChannels } from '#server/domain/channels/public-channels';
import { createPrivateChannel } from '#server/domain/conversations/create-private-channel';
import { findConversation, listConversations } from '#server/domain/conversations/find-conversations';
import { renameConversation } from '#server/domain/conversations/rename-conversation';
import type { Actor } from '#server/domain/kernel/actor';
import { memberIds } from '#server/domain/memberships/member-ids';

const tag = 'Channels';
const params = { channelId: IdParam };
const it = json(z.object({ channel: ChannelJson }), 'the channel');
const name = z.string().default('');
const topic = z.string().nullish();

async function findPrivateChannel(actor: Actor, id: number) {
  const members = await memberIds(actor, [id]);
  return presentPrivateChannel(await findConversation(actor, id), members.get(id) ?? []);
}

export const channelRoutes = () => [
  route('GET', '/channels', {
    id: 'E23-channels-list',
    tag,
    summary: 'The channels, General first',
    description:
      'Private channels, and direct conversations of more than two people, are listed for those who are in them.',
    answers: { 200: json(z.object({ channels: z.array(ChannelJson) }), 'the channels') },
    async handle({ actor }) {
      const mine = (await listConversations(actor)).filter(isPrivateChannel);
      const members = await memberIds(
        actor,
        mine.map(({ id }) => id),
      );
      const channels = [
        ...(await publicChannels()).map(presentChannel),
        ...mine.map((view) => presentPrivateChannel(view, members.get(view.id) ?? [])),
      ];
      return { status: 200, body: { channels } };
    },
  }),

  route('POST', '/channels', {
    id: 'E24-channels-create',
    tag,
    summary: 'Open a channel, for everybody or for some',
    description: 'Who opens a private one is always in it.',
    body: strictJson({
      name,
      topic,
      isPrivate: z.boolean().nullish(),
      members: z.array(z.string()).nullish().openapi({ description: 'user ids, of a private channel' }),
    }),
    answers: { 200: it },
    refuses: { forbidden: 'administrators only', invalid: 'no name', conflict: 'the name is taken' },
    admit: ({ actor }) => requireAdministrator(actor),
    async handle({ actor, body }) {
      const { name, topic, isPrivate, members } = body;
      if (isPrivate) {
        const accountIds = (members ?? []).flatMap((id) => idOrNull(id) ?? []);
        const { id } = await createPrivateChannel(actor, { name, accountIds });
        return { status: 200, body: { channel: await findPrivateChannel(actor, id) } };
      }
      const channel = await createPublicChannel(actor, { name, topic });
      return { status: 200, body: { channel: presentChannel(channel) } };
    },
  }),

  route('PUT', '/channels/{channelId}', {
    id: 'E25-channels-update',
    tag,
    summary: 'Rename a channel',
    description: 'A private one only by those who are in it; who that is changes in other ways.',
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
      const place = await findChannelPlace(params.channelId);
      if (place.isPrivate) {
        await renameConversation(actor, { conversationId: params.channelId, name: body.name });
        return { status: 200, body: { channel: await findPrivateChannel(actor, params.channelId) } };
      }
      const channel = await changePublicChannel(actor, {
        conversationId: params.channelId,
        name: body.name,
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
