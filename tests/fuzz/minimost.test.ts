import fc from 'fast-check';
import { beforeAll, describe, test } from 'vitest';
import { minimost } from '#server/dialects/minimost/dialect';
import { settings } from '#server/platform/settings';
import { fuzz, LIMIT_MS } from '#tests/fuzz/fuzz';
import { anyBody, isRead, keysIn, oddHeaders, oddMethod, oddQuery, segment, targetOf } from '#tests/fuzz/odd';
import type { MinimostClient } from '#tests/support/minimost-client';
import { withPeople } from '#tests/support/minimost-people';

const people = withPeople();
/** These would end the session that the others need, or never end themselves. */
const LEFT_OUT = new Set(['logout', 'delete-account', 'change-password', 'events']);
const routes = minimost.routes.filter((route) => !LEFT_OUT.has(route.id));

const FIELDS = ['csrf_token', 'type', 'files', 'avatar'];
const NAMES = ['after', 'before', 'limit', 'q', 'from', 'channel', 'start', 'end', 'url', 'next'];

const question = fc.constantFrom(...routes).chain((route) =>
  fc.record({
    route: fc.constant(route),
    method: oddMethod,
    segments: fc.array(segment, { minLength: 2, maxLength: 2 }),
    query: oddQuery([...NAMES, ...keysIn(route.query)]),
    body: anyBody([...keysIn(route.body?.schema), ...FIELDS]),
    headers: oddHeaders,
  }),
);
type Question = typeof question extends fc.Arbitrary<infer Value> ? Value : never;

async function ask(client: MinimostClient, asked: Question) {
  const target = targetOf(asked.route.path, asked.segments, asked.query);
  const method = asked.method === 'same' ? asked.route.method : asked.method;
  const [contentType, content] = asked.body;
  return client.ask(method, target, isRead(method) ? undefined : Buffer.from(content), {
    ...asked.headers,
    ...(contentType && !isRead(method) ? { 'content-type': contentType } : {}),
  });
}

describe('MM-80 nothing that is sent is answered with a 5xx', () => {
  // nobody waits here for a lockout, and the outside world is not asked
  beforeAll(() => {
    settings().link_preview_allowed_origins = [];
  });

  test.each(['alice', 'a visitor'])(
    'by %s',
    async (who) => {
      const { cookie } = people.alice;
      await fuzz(`minimost by ${who}`, who === 'alice' ? 0.8 : 0.2, question, (asked) => {
        people.alice.cookie = who === 'alice' ? cookie : '';
        return ask(people.alice, asked);
      });
      people.alice.cookie = cookie;
    },
    LIMIT_MS,
  );
});
