import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { listMessages } from '#server/domain/messages/list-messages';
import { pool } from '#server/platform/database';
import { type Cast, gatherCast } from '#tests/support/cast';
import { refusalOf } from '#tests/support/refusals';
import { say } from '#tests/support/say';

let cast: Cast;
beforeAll(async () => {
  cast = await gatherCast();
});
afterEach(() => {
  vi.restoreAllMocks();
});

const many = (count: number, conversationId: number) =>
  Array.from({ length: count }, (_, index) => say(cast.alice, conversationId, `${index}`));

/** How many statements carried sends; the first of them may be made to fail. */
function watchStatements({ failing = 0 } = {}) {
  const query = pool.query.bind(pool) as (...given: unknown[]) => unknown;
  const seen = { count: 0 };
  vi.spyOn(pool, 'query').mockImplementation(((...given: [{ name?: string }]) => {
    if (given[0].name === 'messages.post' && ++seen.count <= failing) {
      return Promise.reject(new Error('Connection terminated unexpectedly'));
    }
    return query(...given);
  }) as typeof pool.query);
  return seen;
}

it('sends that arrive while one is under way go together, in the order they came', async () => {
  const statements = watchStatements();
  const sent = await Promise.all(many(100, cast.general));
  expect(statements.count).toBe(3);
  expect(sent.map(({ seq }) => seq)).toEqual(sent.map((_, index) => index + 1));
  await say(cast.alice, cast.general, 'alone');
  expect(statements.count).toBe(4);
});

it('conversations do not wait for each other', async () => {
  const statements = watchStatements();
  await Promise.all([say(cast.alice, cast.general, 'a'), say(cast.alice, cast.secret, 'b')]);
  expect(statements.count).toBe(2);
});

it('a lost connection fails the sends it carried, once, and none after them', async () => {
  const statements = watchStatements({ failing: 1 });
  const [first, ...others] = await Promise.allSettled(many(5, cast.direct));
  expect(first?.status).toBe('rejected');
  expect(others.map(({ status }) => status)).toEqual(Array(4).fill('fulfilled'));
  expect(statements.count).toBe(2);
  expect((await listMessages(cast.alice, { conversationId: cast.direct })).messages).toHaveLength(4);
});

it('when thousands wait already, more are turned away', async () => {
  const nowhere = 999_999;
  const answers = await Promise.all(many(10_003, nowhere).map((send) => refusalOf(send)));
  expect(answers.slice(0, 10_001)).toEqual(Array(10_001).fill('not_found/conversation'));
  expect(answers.slice(10_001)).toEqual(Array(2).fill('rate_limited/too_busy'));
});
