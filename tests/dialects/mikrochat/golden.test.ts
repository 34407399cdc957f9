import { describe, expect, test } from 'vitest';
import { serve } from '#server/dialects/kit/serve';
import { nextDoor } from '#tests/support/door';
import { MikrochatClient } from '#tests/support/mikrochat-client';
import { withMikrochatPeople } from '#tests/support/mikrochat-people';
import { playExamples } from './golden';

const people = withMikrochatPeople();
const throughNext = nextDoor(serve());

describe.each(['', '/compat/mikrochat'])('the documented examples at “%s”', (base) => {
  const tag = base === '' ? 'root' : 'compat';

  test('hold through main.ts', () => playExamples(people.door, `main-${tag}`, base, people.ann));

  test('hold through Next’s catch-all routes', () =>
    playExamples(throughNext, `next-${tag}`, base, people.ann));
});

test('Next’s routes answer other origins as main.ts does', async () => {
  const visitor = new MikrochatClient(throughNext);
  for (const path of ['/channels', '/nowhere', '/compat/mikrochat/nowhere']) {
    const answer = await throughNext.ask({ method: 'OPTIONS', path, headers: {} });
    expect([answer.status, answer.headers.get('access-control-max-age')], path).toEqual([204, '86400']);
  }
  const unknown = await visitor.at('/compat/mikrochat').ask('GET', '/nowhere');
  expect([unknown.status, unknown.text]).toEqual([404, '{"error":"Not found"}']);
  const stream = await throughNext.ask({
    method: 'HEAD',
    path: `/events?token=${people.bob.tokens.accessToken}`,
    headers: {},
  });
  expect([stream.status, stream.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
});
