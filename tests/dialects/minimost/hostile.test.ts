import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { minimost } from '#server/dialects/minimost/dialect';
import { settings } from '#server/platform/settings';
import type { MinimostClient } from '#tests/support/minimost-client';
import { withPeople } from '#tests/support/minimost-people';

const people = withPeople();
/** These would end the session that the others need, or never end themselves. */
const LEFT_OUT = new Set(['logout', 'delete-account', 'change-password', 'events']);

function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
const routes = minimost.routes.filter((route) => !LEFT_OUT.has(route.id));

const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\ud800',
    'null',
    'undefined',
    '__proto__',
    'constructor',
    '../../etc/passwd',
    "' OR 1=1 --",
    '%',
    '%s%n',
    '0',
    '-1',
    '1e400',
    'NaN',
    '9'.repeat(30),
    '9007199254740993',
    'general',
    'dm:alice:bob',
    'dm:',
    'private:1',
    'private:9223372036854775808',
    '{{7*7}}',
    'x'.repeat(20_000),
  ),
);

const segment = fc.oneof(
  oddText.map((text) => encodeURIComponent(wellFormed(text))),
  fc.constantFrom('%zz', '%', '%ff%fe', '%2e%2e', '..', '.', '%00', '%2f', 'a%20b', '\\', ';a=b', '*', '1'),
);

const jsonBody = fc.oneof(
  fc.json({ maxDepth: 4 }),
  fc.constantFrom(
    '',
    '{',
    'null',
    '[]',
    '"x"',
    '1e400',
    '{"state":{}}',
    '{"channel":["dm:a:b"]}',
    '{"members":[null,1,{}]}',
  ),
  fc
    .dictionary(
      fc.constantFrom(
        'state',
        'channel',
        'name',
        'members',
        'username',
        'override',
        'name_color',
        'bio',
        '__proto__',
        'type',
      ),
      fc.oneof(oddText, fc.integer(), fc.constant(null), fc.array(oddText, { maxLength: 3 }), fc.boolean()),
    )
    .map((value) => JSON.stringify(value)),
);

const fieldNames = fc.constantFrom(
  'text',
  'reply_to_id',
  'reaction',
  'name_color',
  'username',
  'password',
  'confirm_password',
  'files',
  'avatar',
  'csrf_token',
);
const formBody = fc
  .array(fc.tuple(fieldNames, oddText), { maxLength: 4 })
  .map((fields) => new URLSearchParams(fields.map(([name, value]) => [name, wellFormed(value)])).toString());

const multipartBody = fc
  .array(fc.tuple(fieldNames, oddText, fc.option(oddText)), { maxLength: 3 })
  .map((parts) =>
    [
      ...parts.map(
        ([name, value, file]) =>
          `--x\r\nContent-Disposition: form-data; name="${name}"${file === null ? '' : `; filename="${file}"`}\r\n\r\n${value}\r\n`,
      ),
      '--x--\r\n',
    ].join(''),
  );

const body = fc.oneof(
  jsonBody.map((content) => ['application/json', content] as const),
  formBody.map((content) => ['application/x-www-form-urlencoded', content] as const),
  multipartBody.map((content) => ['multipart/form-data; boundary=x', content] as const),
  fc.tuple(
    fc.constantFrom(
      'multipart/form-data',
      'multipart/form-data; boundary=',
      'text/plain',
      'application/json; charset=x',
      'multipart/form-data; boundary=y',
      '',
    ),
    fc.string({ unit: 'binary', maxLength: 200 }),
  ),
);

const query = fc
  .array(
    fc.tuple(
      fc.constantFrom('after', 'before', 'limit', 'q', 'from', 'channel', 'start', 'end', 'url', 'next'),
      fc.oneof(
        oddText.map((text) => encodeURIComponent(wellFormed(text))),
        fc.constantFrom('%zz', '%00', '+'),
      ),
    ),
    { maxLength: 4 },
  )
  .map((pairs) => pairs.map((pair) => pair.join('=')).join('&'));

const headers = fc.record(
  {
    accept: fc.constantFrom('application/json', 'text/html', '*/*;q=x', ',,;'),
    origin: fc.constantFrom('null', 'http://evil.example', 'x', ''),
    range: fc.constantFrom('bytes=0-', 'bytes=-', 'bytes=9-1', 'x'),
    'if-none-match': fc.constantFrom('*', '""', 'W/'),
    'x-requested-with': fc.constant('XMLHttpRequest'),
    'last-event-id': fc.constantFrom('-1', 'x', '9'.repeat(30)),
  },
  { requiredKeys: [] },
);

const question = fc.record({
  route: fc.constantFrom(...routes),
  method: fc.constantFrom('same', 'same', 'same', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'),
  segments: fc.array(segment, { minLength: 2, maxLength: 2 }),
  query,
  body,
  headers,
});
type Question = typeof question extends fc.Arbitrary<infer Value> ? Value : never;

async function ask(client: MinimostClient, asked: Question) {
  let next = 0;
  const path = asked.route.path.replace(/\{\w+\}/g, () => asked.segments[next++] ?? 'x');
  const target = (asked.query ? `${path}?${asked.query}` : path).replace(/[^\x21-\x7e]/g, '');
  const method = asked.method === 'same' ? asked.route.method : asked.method;
  const [contentType, content] = asked.body;
  const given = Object.fromEntries(Object.entries(asked.headers).filter(([, value]) => value !== undefined));
  const reading = method === 'GET' || method === 'HEAD';
  const answer = await client.ask(method, target, reading ? undefined : Buffer.from(content), {
    ...(given as Record<string, string>),
    ...(contentType && !reading ? { 'content-type': contentType } : {}),
  });
  return { method, target, contentType, content, status: answer.status, text: answer.text };
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
      const statuses = new Set<number>();
      await fc.assert(
        fc.asyncProperty(question, async (asked) => {
          people.alice.cookie = who === 'alice' ? cookie : '';
          const answer = await ask(people.alice, asked);
          statuses.add(answer.status);
          expect(answer.status, JSON.stringify(answer).slice(0, 2000)).toBeLessThan(500);
          expect(answer.text).not.toMatch(/ZodError|invalid_type|prisma|node_modules|\bat \w+ \(/i);
        }),
        { numRuns: 400 },
      );
      people.alice.cookie = cookie;
    },
    120_000,
  );
});
