import { describe, expect, test } from 'vitest';
import { FIRST_REACTIONS, REACTIONS, reactionName } from '#server/dialects/minimost/reactions';
import { canonicalEmoji } from '#server/domain/reactions/canonical-emoji';

const names = [...REACTIONS.keys()];

describe('the reactions', () => {
  test('are the 477 of the document, in its order', () => {
    expect(names).toHaveLength(477);
    expect(names.slice(0, 3)).toEqual(['accordion', 'airplane', 'alien']);
    expect(names.slice(-3)).toEqual(['zipper', 'zombie', 'zzz']);
    expect(names).toEqual([...names].sort());
    expect(names).not.toContain('thumbs_up');
  });

  test('are each one emoji and one word', () => {
    for (const [name, emoji] of REACTIONS) {
      expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect([...new Intl.Segmenter().segment(emoji)], name).toHaveLength(1);
      expect(emoji, name).toMatch(/\p{Emoji}/u);
    }
  });

  test('have no emoji twice, so that every one leads back to its name', () => {
    expect(new Set(REACTIONS.values()).size).toBe(names.length);
    for (const [name, emoji] of REACTIONS) expect(reactionName(emoji)).toBe(name);
  });

  test('are the same with and without a variation selector', () => {
    expect(reactionName('👍️')).toBe('thumbsup');
    expect(reactionName('❤')).toBe('heart');
    expect(reactionName('❤️')).toBe('heart');
  });

  test('are spelled as they are stored', () => {
    for (const [name, emoji] of REACTIONS) expect(canonicalEmoji(emoji), name).toBe(emoji);
  });

  test('go by themselves where the API has no name', () => {
    expect(reactionName('🫎')).toBe('🫎');
    expect(reactionName('👍🏽')).toBe('👍🏽');
  });

  test('put the ten that people use most first', () => {
    expect(FIRST_REACTIONS).toHaveLength(10);
    for (const name of FIRST_REACTIONS) expect(names).toContain(name);
  });
});
