// The web app's own calls, as bytes through both of their doors. What the procedures make of strange values one by one
// is in tests/trpc/hostile.test.ts.
import type { AnyTRPCProcedure } from '@trpc/server';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { Actor } from '#server/domain/kernel/actor';
import { closeHub } from '#server/live/hub';
import { prisma } from '#server/platform/database';
import { settings } from '#server/platform/settings';
import { ENDPOINT } from '#server/trpc/respond';
import { appRouter } from '#server/trpc/root';
import { fuzz, LIMIT_MS } from '#tests/fuzz/fuzz';
import { jsonBody, keysIn, likely, oddHeaders, oddText, oddValue, wellFormed } from '#tests/fuzz/odd';
import type { Door } from '#tests/support/door';
import { newcomers, openChannels } from '#tests/support/people';
import { say } from '#tests/support/say';
import { cookieOf, openDoors } from '#tests/trpc/doors';

/** These would end the session or the right of the asker. */
const LEFT_OUT =
  /^(?:live\.|profile\.(?:changePassword|deleteAccount|endSession|endOtherSessions)|admin\.setRole)/;
const procedures = Object.entries(
  appRouter._def.procedures as unknown as Record<string, AnyTRPCProcedure>,
).filter(([path]) => !LEFT_OUT.test(path));

/** The keys of a procedure's input. */
function keysOf({ _def }: AnyTRPCProcedure): string[] {
  return keysIn((_def as unknown as { inputs: z.ZodObject[] }).inputs[0]);
}

/** What superjson takes for the types of values, when somebody else writes it. */
const meta = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: oddValue },
  {
    weight: 1,
    arbitrary: fc.record({
      values: fc.oneof(
        oddValue,
        fc.dictionary(
          fc.constantFrom('a', '__proto__', 'constructor.prototype', 'text', 'entries.0.text', ''),
          fc.oneof(
            oddValue,
            fc.constantFrom<unknown>(
              ['Date'],
              ['bigint'],
              ['set'],
              ['map'],
              ['regexp'],
              ['Error'],
              ['undefined'],
              [['class', 'x']],
              [['custom', 'x']],
              [['symbol', 'x']],
              ['URL'],
            ),
          ),
        ),
      ),
      referentialEqualities: oddValue,
      v: fc.constantFrom(0, 1, 2, 'x'),
    }),
  },
);

function inputOf(keys: readonly string[]): fc.Arbitrary<string> {
  const wrapped = fc
    .record({
      json: fc.oneof({ weight: 4, arbitrary: likely(keys) }, { weight: 1, arbitrary: oddValue }),
      meta,
    })
    .map((value) => JSON.stringify(value));
  return fc.oneof({ weight: 3, arbitrary: wrapped }, { weight: 1, arbitrary: jsonBody(keys) });
}

const question = fc.constantFrom(...procedures).chain(([path, procedure]) =>
  fc.record({
    path: fc.oneof(
      { weight: 19, arbitrary: fc.constant(path) },
      {
        weight: 1,
        arbitrary: oddText.map((text) => encodeURIComponent(wellFormed(text)).slice(0, 4_000)),
      },
    ),
    method: fc.oneof(
      { weight: 19, arbitrary: fc.constant(procedure._def.type === 'query' ? 'GET' : 'POST') },
      { weight: 1, arbitrary: fc.constantFrom('GET', 'POST') },
    ),
    search: fc.constantFrom(
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      'batch=1',
      'input=',
      'input=%7B',
      'batch=1&input=%7B%220%22%3A1%7D',
    ),
    input: inputOf(keysOf(procedure)),
    type: fc.oneof(
      { weight: 19, arbitrary: fc.constant('application/json') },
      { weight: 1, arbitrary: fc.constantFrom('text/plain', '') },
    ),
    headers: oddHeaders.map(({ origin, ...headers }) => headers),
    isVisitor: fc.integer({ min: 0, max: 19 }).map((n) => n === 0),
    door: fc.constantFrom(0, 0, 0, 1),
  }),
);

let doors: Door[];
let alice: Actor;
let cookie: Record<string, string>;

beforeAll(async () => {
  settings().rate_limit_enabled = false;
  settings().link_preview_allowed_origins = [];
  await openChannels('general');
  [alice] = await newcomers('alice', 'bob');
  const channel = await prisma.conversation.findUniqueOrThrow({ where: { configuredName: 'general' } });
  await say(alice, Number(channel.id), 'something to be found under the small ids');
  cookie = await cookieOf(alice);
  doors = await openDoors();
});

afterAll(async () => {
  await Promise.all(doors.map((door) => door.close()));
  await closeHub();
});

describe('the web app’s own calls', () => {
  it(
    'are answered with words for whatever is sent, never with a 5xx',
    async () => {
      await fuzz('web app', 1, question, (asked) => {
        const isQuery = asked.method === 'GET';
        const input = isQuery ? `input=${encodeURIComponent(wellFormed(asked.input)).slice(0, 8_000)}` : '';
        const search = [asked.search, input].filter(Boolean).join('&');
        return (doors[asked.door] as Door).ask({
          method: asked.method,
          path: `${ENDPOINT}/${asked.path}${search ? `?${search}` : ''}`,
          body: isQuery ? undefined : Buffer.from(asked.input),
          headers: {
            ...asked.headers,
            ...(asked.isVisitor ? {} : cookie),
            ...(asked.type && !isQuery ? { 'content-type': asked.type } : {}),
          },
        });
      });
      expect(Object.keys(Object.prototype)).toEqual([]);
      const still = await doors[0]?.ask({
        method: 'GET',
        path: `${ENDPOINT}/session.current`,
        headers: cookie,
      });
      expect(still?.text).toContain('alice');
    },
    LIMIT_MS,
  );
});
