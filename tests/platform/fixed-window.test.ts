import { afterEach, beforeEach, expect, it } from 'vitest';
import { advanceClock, holdClock, now, releaseClock } from '#server/platform/clock';
import { countInWindow } from '#server/platform/fixed-window';

const SECOND = 1_000_000;
const window = { name: 'test', most: 2, seconds: 60 };

beforeEach(() => holdClock());
afterEach(() => releaseClock());

it('a window counts from its first request, tells what is left, and begins anew', () => {
  const resetsAt = now() + 60 * SECOND;
  expect(countInWindow(window, 'a')).toEqual({ remaining: 1, resetsAt, exceeded: false });
  advanceClock(59 * SECOND);
  expect(countInWindow(window, 'a')).toEqual({ remaining: 0, resetsAt, exceeded: false });
  expect(countInWindow(window, 'a')).toEqual({ remaining: 0, resetsAt, exceeded: true });
  expect(countInWindow(window, 'b').exceeded).toBe(false);
  advanceClock(SECOND);
  expect(countInWindow(window, 'a')).toMatchObject({ remaining: 1, exceeded: false });
});
