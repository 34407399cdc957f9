import { z } from '@hono/zod-openapi';
import { json } from '#server/dialects/kit/answers';
import { route } from '#server/dialects/kit/route';
import { namesOf } from '#server/dialects/minimost/present';
import { ChannelParam, findPlace, othersIn } from '#server/dialects/minimost/refs';
import { publicChannels } from '#server/domain/channels/public-channels';
import { listMembers } from '#server/domain/memberships/list-members';
import { unreadCounts } from '#server/domain/unreads/unread-counts';

const tag = 'Channels';

export const channelRoutes = [
  route('GET', '/channels', {
    id: 'channels-list',
    tag,
    summary: 'The public channels, in configured order',
    answers: { 200: json(z.array(z.string()), 'names') },
    async handle() {
      return { status: 200, body: (await publicChannels()).map((channel) => channel.name) };
    },
  }),

  route('GET', '/channel_unreads', {
    id: 'channels-unreads',
    tag,
    summary: 'Unread messages in every public channel',
    answers: { 200: json(z.record(z.string(), z.int()), 'every public channel with its number, 0 included') },
    async handle({ actor }) {
      const [channels, counts] = await Promise.all([publicChannels(), unreadCounts(actor)]);
      const unread = new Map(counts.map((count) => [count.conversationId, count.unread]));
      return {
        status: 200,
        body: Object.fromEntries(channels.map(({ id, name }) => [name, unread.get(id) ?? 0])),
      };
    },
  }),

  route('GET', '/channel_members/{channel}', {
    id: 'channel-members',
    tag,
    summary: 'Whom I may mention in a channel',
    params: { channel: ChannelParam },
    answers: { 200: json(z.array(z.string()), 'everybody in it but me') },
    refuses: { not_found: { status: 403, when: 'no channel of mine' } },
    async handle({ actor, params }) {
      const { conversationId } = await findPlace(actor, params.channel);
      // a direct conversation's people are its name, also before it exists
      if (params.channel.kind === 'direct') {
        return { status: 200, body: othersIn(actor, params.channel.usernames) };
      }
      const members = await listMembers(actor, conversationId as number);
      return { status: 200, body: othersIn(actor, namesOf(members)) };
    },
  }),
];
