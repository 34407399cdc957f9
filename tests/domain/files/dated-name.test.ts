import fc from 'fast-check';
import { expect, it } from 'vitest';
import { datedName, parseDatedName } from '#server/domain/files/dated-name';
import { newStoredName } from '#server/platform/storage/stored-name';

it('a dated name is the millisecond of the upload and the stored name [MK-45]', () => {
  const name = newStoredName('a.PNG');
  expect(datedName({ name, createdAt: 1_764_400_000_123_456 })).toBe(`1764400000123-${name}`);
  expect(datedName({ name, createdAt: 1_764_400_000_123_456 })).toMatch(/^\d{13}-[0-9a-f]{12,32}\.png$/);
});

it('a dated name leads back to where it came from', () => {
  const moment = fc.integer({ min: 0, max: 9_007_199_254_740_991 });
  const original = fc.constantFrom('a.png', 'b.jpeg', 'c', 'd.svg', 'e.docx');
  fc.assert(
    fc.property(moment, original, (createdAt, originalName) => {
      const name = newStoredName(originalName);
      expect(parseDatedName(datedName({ name, createdAt }))).toEqual({
        name,
        createdMs: Math.floor(createdAt / 1000),
      });
    }),
  );
});

it('nothing else is a dated name', () => {
  const hex = 'a'.repeat(32);
  const others = [
    '',
    `${hex}.png`,
    `123-${hex}.png`,
    `1764400000123-${hex}.png/..`,
    `1764400000123-../../etc/passwd`,
    `1764400000123-${'A'.repeat(32)}.png`,
    `1764400000123-${hex}.png\n`,
    `01764400000123-${hex}.png`,
    `1764400000123${hex}.png`,
  ];
  for (const text of others) expect(parseDatedName(text)).toBeNull();
  fc.assert(fc.property(fc.string(), (text) => parseDatedName(text) === null));
});
