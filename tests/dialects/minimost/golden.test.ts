import { expect, test } from 'vitest';
import { serve } from '#server/dialects/kit/serve';
import { nextDoor } from '#tests/support/door';
import { MinimostClient } from '#tests/support/minimost-client';
import { withPeople } from '#tests/support/minimost-people';
import { playExamples } from './golden';

const people = withPeople();
const throughNext = nextDoor(serve());

test('the documented examples hold through main.ts', () => playExamples(people.door, 'main'));

test('the documented examples hold through Next’s catch-all routes', () => playExamples(throughNext, 'next'));

test('what only main.ts can do stays inside: the plain form goes out without its marks', async () => {
  const answer = await new MinimostClient(throughNext).post('/login', { username: 'al ice', password: 'x' });
  expect(answer.status).toBe(200);
  expect([...answer.headers.keys()].filter((name) => name.startsWith('x-parley'))).toEqual([]);
  expect(answer.text).toContain('value="al ice"');
  expect((await new MinimostClient(throughNext).get('/nowhere')).status).toBe(404);
});
