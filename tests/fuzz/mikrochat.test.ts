import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { mikrochat } from '#server/dialects/mikrochat/dialect';
import { settings } from '#server/platform/settings';
import { fuzz, LIMIT_MS } from '#tests/fuzz/fuzz';
import {
  isRead,
  jsonBody,
  keysIn,
  oddHeaders,
  oddMethod,
  oddQuery,
  oddText,
  segment,
  targetOf,
} from '#tests/fuzz/odd';
import { holdToMikrochat } from '#tests/support/hold-to-table';
import { withMikrochatPeople } from '#tests/support/mikrochat-people';

const people = withMikrochatPeople();
/** These would take the right to be here from those who are still needed, or never end themselves. */
const LEFT_OUT = new Set([
  'E19-users-reset-password',
  'E20-users-remove',
  'E21-users-exit',
  'X3-users-role',
  'E54-events',
]);
const routes = mikrochat.routes.filter(({ id, handle }) => handle && !LEFT_OUT.has(id));

const question = fc.constantFrom(...routes).chain((route) =>
  fc.record({
    route: fc.constant(route),
    method: oddMethod,
    segments: fc.array(segment, { minLength: 2, maxLength: 2 }),
    query: oddQuery(['token', 'limit', 'before', ...keysIn(route.query)]),
    body: jsonBody([...keysIn(route.body?.schema), 'toString']),
    type: fc.constantFrom('application/json', 'application/json', 'text/plain', 'multipart/form-data', ''),
    headers: oddHeaders,
    forged: fc.oneof(
      fc.constant('a.b.c'),
      oddText.map((text) => text.replace(/[^\x20-\x7e]/g, '').slice(0, 5_000)),
    ),
  }),
);
type Question = typeof question extends fc.Arbitrary<infer Value> ? Value : never;

describe('nothing that is sent is answered with a 5xx', () => {
  beforeAll(() => {
    settings().rate_limit_enabled = false;
    settings().link_preview_allowed_origins = [];
  });

  test.each([
    ['bob', '/compat/mikrochat', 0.3],
    ['ann', '', 0.4],
    ['ann', '/compat/mikrochat', 0.2],
    ['a visitor', '', 0.05],
    ['a forger', '', 0.05],
  ] as const)(
    'by %s, below "%s"',
    async (who, base, share) => {
      const token = who === 'ann' || who === 'bob' ? people[who].tokens.accessToken : null;
      await fuzz(`mikrochat${base} by ${who}`, share, question, (asked) =>
        ask(asked, base, who === 'a forger' ? asked.forged : token),
      );
      // whoever had lost their rights would have been refused without a look at the rest
      if (token) expect(await people[who as 'ann'].statusOf('GET', '/auth/me')).toBe(200);
    },
    LIMIT_MS,
  );
});

async function ask(asked: Question, base: string, token: string | null) {
  const path = targetOf(asked.route.path, asked.segments, asked.query);
  const method = asked.method === 'same' ? asked.route.method : asked.method;
  const answer = await people.door.ask({
    method,
    path: base + path,
    body: isRead(method) ? undefined : Buffer.from(asked.body),
    headers: {
      ...asked.headers,
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(asked.type && !isRead(method) ? { 'content-type': asked.type } : {}),
    },
  });
  if (token && /^[\w.-]+$/.test(token)) {
    holdToMikrochat(method, path, answer);
    if (answer.status >= 400 && answer.headers.get('content-type') === 'application/json') {
      expect(JSON.parse(answer.text || '{"error":"x"}').error, `${method} ${path}`).toMatch(/./);
    }
  }
  return answer;
}
