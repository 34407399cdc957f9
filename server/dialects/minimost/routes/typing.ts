import { z } from '@hono/zod-openapi';
import { empty, json } from '#server/dialects/kit/answers';
import { route } from '#server/dialects/kit/route';
import { namesOf } from '#server/dialects/minimost/present';
import { ChannelParam, findPlaceOrNull } from '#server/dialects/minimost/refs';
import { listTyping } from '#server/domain/typing/list-typing';
import { reportTyping } from '#server/domain/typing/report-typing';

const tag = 'People';

export const typingRoutes = [
  route('GET', '/typing/{channel}', {
    id: 'typing-list',
    tag,
    summary: 'Who else is typing in a channel',
    params: { channel: ChannelParam },
    answers: { 200: json(z.array(z.string()), 'usernames; none in a channel that is not mine') },
    async handle({ actor, params }) {
      const place = await findPlaceOrNull(actor, params.channel);
      if (!place?.conversationId) return { status: 200, body: [] };
      return { status: 200, body: namesOf(await listTyping(actor, place.conversationId)) };
    },
  }),

  route.optional('POST', '/typing/{channel}', {
    id: 'typing-report',
    tag,
    summary: 'Say that I am typing',
    params: { channel: ChannelParam },
    answers: { 204: empty('noted; ignored from strangers, from other sites and elsewhere') },
    onCrossSite: () => ({ status: 204 }),
    async handle({ actor, params }) {
      const place = actor && (await findPlaceOrNull(actor, params.channel));
      if (actor && place?.conversationId) await reportTyping(actor, place.conversationId);
      return { status: 204 };
    },
  }),
];
