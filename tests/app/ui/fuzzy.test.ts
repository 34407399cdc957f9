import { describe, expect, it } from 'vitest';
import { fuzzyFilter, fuzzyScore } from '#app/_ui/fuzzy.ts';

const found = (query: string, ...names: string[]) => fuzzyFilter(names, query, (name) => name);

describe('fuzzy finding', () => {
  it('needs every letter, in order', () => {
    expect(fuzzyScore('abc', 'a-b-c')).not.toBeNull();
    expect(fuzzyScore('cba', 'a-b-c')).toBeNull();
  });

  it('prefers a beginning to a word inside, and that to anything else', () => {
    expect(found('ann', 'joanna', 'mary-ann', 'anna')).toEqual(['anna', 'mary-ann', 'joanna']);
  });

  it('prefers letters in a row to scattered ones', () => {
    expect(found('ops', 'oh-please-stop', 'devops')).toEqual(['devops', 'oh-please-stop']);
  });

  it('without a query keeps everything as it was', () => {
    expect(found('', 'b', 'a')).toEqual(['b', 'a']);
  });
});
