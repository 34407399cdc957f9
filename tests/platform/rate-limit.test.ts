import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { advanceClock, holdClock, releaseClock } from '#server/platform/clock';
import { type RateLimit, takeAllowance } from '#server/platform/rate-limit';
import { settings } from '#server/platform/settings';

const SECOND = 1_000_000;
let count = 0;
let limit: RateLimit;

beforeEach(() => {
  holdClock();
  limit = { name: `test-${++count}`, most: 3, perSeconds: 30 };
});
afterEach(() => {
  releaseClock();
  settings().rate_limit_enabled = true;
});

describe('a rate limit', () => {
  it('gives out so many at once, then one whenever its part of the time has passed', () => {
    expect([1, 2, 3, 4].map(() => takeAllowance(limit, 'a'))).toEqual([0, 0, 0, 10]);
    advanceClock(9 * SECOND);
    expect(takeAllowance(limit, 'a')).toBe(1);
    advanceClock(SECOND);
    expect(takeAllowance(limit, 'a')).toBe(0);
    expect(takeAllowance(limit, 'a')).toBe(10);
  });

  it('gives back no more than it gives out at once', () => {
    for (let time = 0; time < 3; time++) takeAllowance(limit, 'a');
    advanceClock(3_600 * SECOND);
    expect([1, 2, 3, 4].map(() => takeAllowance(limit, 'a'))).toEqual([0, 0, 0, 10]);
  });

  it('is nobody else’s, and no other limit’s', () => {
    for (let time = 0; time < 4; time++) takeAllowance(limit, 1);
    expect(takeAllowance(limit, 2)).toBe(0);
    expect(takeAllowance({ ...limit, name: `${limit.name}-other` }, 1)).toBe(0);
  });

  it('can be switched off', () => {
    settings().rate_limit_enabled = false;
    expect([1, 2, 3, 4].map(() => takeAllowance(limit, 'a'))).toEqual([0, 0, 0, 0]);
  });
});
