import { describe, expect, it } from 'vitest';
import { searchQuery, snippet } from '#app/chat/_shell/search/search-filters.ts';

const nothing = { text: '', from: '', conversationId: null, after: '', before: '' };

describe('the question a search asks', () => {
  it('is none while every field is empty', () => {
    expect(searchQuery({ ...nothing, text: '  ', from: ' ' })).toBeNull();
  });

  it('takes both days as whole days of this time zone', () => {
    const query = searchQuery({ ...nothing, after: '2026-11-20', before: '2026-11-20' });
    expect(query?.since).toBe(new Date(2026, 10, 20).getTime() * 1_000);
    expect(query?.until).toBe(new Date(2026, 10, 21).getTime() * 1_000);
  });

  it('says only what was asked for', () => {
    expect(searchQuery({ ...nothing, text: ' plan ', conversationId: 3 })).toEqual({
      text: 'plan',
      conversationId: 3,
    });
  });
});

describe('a snippet', () => {
  const joined = (text: string, sought: string) =>
    snippet(text, sought)
      .map((piece) => (piece.isMatch ? `[${piece.text}]` : piece.text))
      .join('');

  it('marks every match, whatever its case', () => {
    expect(joined('Plan the plan', 'plan')).toBe('[Plan] the [plan]');
  });

  it('takes what is sought literally', () => {
    expect(joined('100% of a.b', 'a.b')).toBe('100% of [a.b]');
  });

  it('is cut around the first match', () => {
    const text = `${'before '.repeat(40)}needle${' after'.repeat(40)}`;
    const shown = joined(text, 'needle');
    expect(shown).toContain('[needle]');
    expect(shown.startsWith('…')).toBe(true);
    expect(shown.endsWith('…')).toBe(true);
    expect(shown.length).toBeLessThan(130);
  });

  it('gives every piece its own place', () => {
    const places = snippet('a b a b a', 'a').map(({ at }) => at);
    expect(new Set(places).size).toBe(places.length);
  });
});
