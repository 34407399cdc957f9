import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ceilStamp,
  floorStamp,
  parseFloatOrNull,
  parseIntegerOrNull,
  secondsOf,
} from '#server/dialects/minimost/stamps';

const stamps = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const present = fc.integer({ min: 1_600_000_000_000_000, max: 4_000_000_000_000_000 });

describe('a moment as the client sees it', () => {
  test('survives the way out as JSON and back', () => {
    fc.assert(
      fc.property(present, (stamp) => {
        const seen = JSON.parse(JSON.stringify(secondsOf(stamp)));
        expect(floorStamp(seen)).toBe(stamp);
        expect(ceilStamp(seen)).toBe(stamp);
      }),
    );
  });

  test('tells neighbouring microseconds apart', () => {
    fc.assert(fc.property(present, (stamp) => secondsOf(stamp + 1) > secondsOf(stamp)));
  });

  test('is later than a cursor exactly when the doubles say so', () => {
    const cursors = fc.oneof(
      fc.double({ noNaN: true }),
      present.map((stamp) => secondsOf(stamp)),
      present.map((stamp) => secondsOf(stamp) + Number.EPSILON),
      present.map((stamp) => stamp / 1e6 + 2e-7),
    );
    fc.assert(
      fc.property(cursors, stamps, (cursor, near) => {
        const floor = floorStamp(cursor);
        for (const stamp of [near, floor, floor + 1, Math.max(0, floor - 1)]) {
          if (stamp === 0 || stamp > Number.MAX_SAFE_INTEGER) continue;
          expect(stamp > floor, `${stamp} after ${cursor}`).toBe(secondsOf(stamp) > cursor);
          expect(stamp >= ceilStamp(cursor), `${stamp} from ${cursor}`).toBe(secondsOf(stamp) >= cursor);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

test.each([
  ['1716000000.25', 1_716_000_000.25],
  [' 12 ', 12],
  ['+1.5', 1.5],
  ['-3', -3],
  ['.5', 0.5],
  ['5.', 5],
  ['1e3', 1000],
  ['1e400', Number.POSITIVE_INFINITY],
  ['inf', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
])('reads %j as a float', (written, number) => {
  expect(parseFloatOrNull(written)).toBe(number);
});

test.each([
  undefined,
  '',
  ' ',
  'NaN',
  'nan',
  '-nan',
  '+NAN',
  '0x10',
  '1_000',
  'one',
  '1,5',
  '--1',
  '1e',
  '1 2',
])('reads no float in %j', (written) => {
  expect(parseFloatOrNull(written)).toBeNull();
});

test('reads integers that JSON can carry, and no others', () => {
  expect(parseIntegerOrNull('40')).toBe(40);
  expect(parseIntegerOrNull('-7')).toBe(-7);
  expect(parseIntegerOrNull(' +7 ')).toBe(7);
  for (const written of [undefined, '', '4.0', '0x4', 'four', '1e3', '9007199254740993', '9'.repeat(400)]) {
    expect(parseIntegerOrNull(written), String(written)).toBeNull();
  }
});
