import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { z } from '@hono/zod-openapi';
import { actorOfAccessToken, bearerActor } from '#server/auth/access-token';
import { stream } from '#server/dialects/kit/answers';
import { route } from '#server/dialects/kit/route';
import { EVENT_DOCS } from '#server/dialects/mikrochat/event-docs';
import { followEvents, STREAM_HEADERS } from '#server/dialects/mikrochat/event-streams';
import type { Profile } from '#server/dialects/mikrochat/profile';
import { Id } from '#server/domain/kernel/ids';

/** A browser's EventSource sends no headers, so the token may stand in the address: here, and nowhere else. */
async function streamActor(request: Request) {
  const start = request.url.indexOf('?');
  const token = start === -1 ? null : new URLSearchParams(request.url.slice(start + 1)).get('token');
  return (token && (await actorOfAccessToken(token))) || bearerActor(request.headers);
}

export const eventRoutes = (profile: Profile) => [
  route('GET', '/events', {
    id: 'E54-events',
    tag: 'Events',
    summary: 'What happens, as it happens',
    description: EVENT_DOCS,
    query: { token: z.string().optional().openapi({ description: 'the access token, for an EventSource' }) },
    identify: streamActor,
    answers: { 200: stream('text/event-stream', 'the stream') },
    refuses: { rate_limited: 'more than ten streams of mine' },
    async handle({ actor, request, outgoing }) {
      if (request.method === 'HEAD')
        return { status: 200, response: new Response(null, { headers: STREAM_HEADERS }) };
      const after = Id.safeParse(Number(request.headers.get('last-event-id') ?? '')).data;
      const response = await followEvents(actor, profile, { after, outgoing });
      return { status: 200, response: response ?? RESPONSE_ALREADY_SENT };
    },
  }),
];
