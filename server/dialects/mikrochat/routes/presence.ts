import { z } from '@hono/zod-openapi';
import { json } from '#server/dialects/kit/answers';
import { strictJson } from '#server/dialects/kit/body';
import { route } from '#server/dialects/kit/route';
import { PresenceJson, presentPresence, STATES, Status } from '#server/dialects/mikrochat/presence';
import { listPresence } from '#server/domain/presence/list-presence';
import { reportPresence } from '#server/domain/presence/report-presence';
import { now } from '#server/platform/clock';

const tag = 'Presence';

export const presenceRoutes = () => [
  route('GET', '/presence', {
    id: 'X4-presence-list',
    tag,
    summary: 'Who is there',
    description: 'Everybody heard of within the last hour.',
    answers: { 200: json(z.strictObject({ presence: z.array(PresenceJson) }), 'who') },
    async handle() {
      const presence = await listPresence();
      return {
        status: 200,
        body: {
          presence: presence.map(({ person, state, lastSeenAt }) =>
            presentPresence(person.id, state, lastSeenAt),
          ),
        },
      };
    },
  }),

  route('PUT', '/presence/me', {
    id: 'X5-presence-update',
    tag,
    summary: 'Say whether I am there',
    body: strictJson({ status: Status }),
    answers: { 200: json(z.strictObject({ presence: PresenceJson }), 'as others see it') },
    refuses: { invalid: 'no such status' },
    async handle({ actor, body }) {
      const state = STATES[body.status];
      await reportPresence(actor, { state });
      return { status: 200, body: { presence: presentPresence(actor.accountId, state, now()) } };
    },
  }),
];
