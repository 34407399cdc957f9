import emojis from 'emojibase-data/en/compact.json' with { type: 'json' };
import { describe, expect, test } from 'vitest';
import { canonicalEmoji } from '#server/domain/reactions/canonical-emoji';

describe('the one spelling of an emoji', () => {
  test.each([
    ['👍', '👍'],
    ['👍\uFE0F', '👍'],
    ['❤', '❤\uFE0F'],
    ['❤\uFE0F', '❤\uFE0F'],
    ['🏳\u200D🌈', '🏳\uFE0F\u200D🌈'],
    ['☝🏽', '☝🏽'],
    ['1\u20E3', '1\uFE0F\u20E3'],
    ['👩\u200D⚕', '👩\u200D⚕\uFE0F'],
    ['🇨🇭', '🇨🇭'],
    ['party_parrot2', 'party_parrot2'],
  ])('of %s is %s', (written, canonical) => {
    expect(canonicalEmoji(written)).toBe(canonical);
  });

  test('is the same with and without selectors, and keeps different emojis apart', () => {
    const canonical = emojis.map(({ unicode }) => canonicalEmoji(unicode));
    expect(emojis.map(({ unicode }) => canonicalEmoji(unicode.replaceAll('\uFE0F', '')))).toEqual(canonical);
    expect(canonical.map(canonicalEmoji)).toEqual(canonical);
    expect(new Set(canonical).size).toBe(emojis.length);
  });
});
