import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { closeHub } from '#server/live/hub';
import { advanceClock, holdClock, releaseClock } from '#server/platform/clock';
import { makeActor } from '#tests/support/cast';
import { Listening, presentPosition, withSession } from '#tests/support/listening';

const MINUTE = 60_000_000;

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  holdClock();
});

afterAll(async () => {
  await closeHub();
  vi.useRealTimers();
  releaseClock();
});

it('ends the stream of a session that expired, although no event says so', async () => {
  const alice = await makeActor('alice');
  const short = new Listening(await withSession(alice, MINUTE), { after: await presentPosition() });
  const long = new Listening(await withSession(alice, 10 * MINUTE), { after: await presentPosition() });
  advanceClock(MINUTE);
  await vi.advanceTimersByTimeAsync(31_000);
  await short.until(({ ended }) => ended !== null);
  expect(short.ended).toMatchObject({ kind: 'unauthenticated', reason: 'session_ended' });
  expect(long.ended).toBeNull();
});
