import { z } from '@hono/zod-openapi';
import { stream } from '#server/dialects/kit/answers';
import { eventStream } from '#server/dialects/kit/event-stream';
import { route } from '#server/dialects/kit/route';
import { VIEWS } from '#server/dialects/minimost/event-views';
import { followChannel } from '#server/dialects/minimost/follow-channel';
import { findPlace, parseChannel } from '#server/dialects/minimost/refs';
import { floorStamp, parseFloatOrNull } from '#server/dialects/minimost/stamps';

const FIVE_MINUTES_MS = 5 * 60 * 1000;

export const eventRoutes = [
  route('GET', '/events', {
    id: 'events',
    tag: 'Events',
    summary: 'What happens, as it happens',
    description: `Server-sent events: \`messages\` of one channel, and ${VIEWS.map(({ event }) => `\`${event}\``).join(', ')}, each with what the endpoint of that name answers. The stream ends after five minutes; \`Last-Event-ID\` goes on where it ended.`,
    query: {
      channel: z
        .string()
        .default('')
        .transform(parseChannel)
        .openapi({ type: 'string', examples: ['general', 'dm:alice:bob'] }),
      after: z.string().optional().openapi({ type: 'number', description: 'seconds, as for `/messages`' }),
    },
    answers: { 200: stream('text/event-stream', 'the stream') },
    refuses: { not_found: { status: 403, when: 'no channel of mine' } },
    async handle({ actor, query, request }) {
      await findPlace(actor, query.channel);
      const written = request.headers.get('last-event-id') ?? query.after;
      const cursor = floorStamp(parseFloatOrNull(written) ?? 0);
      const follow = eventStream(FIVE_MINUTES_MS, (writer) =>
        followChannel(actor, query.channel, cursor, writer),
      );
      return { status: 200, response: follow };
    },
  }),
];
