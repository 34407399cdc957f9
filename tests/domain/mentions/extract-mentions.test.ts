import { describe, expect, it } from 'vitest';
import { extractMentions } from '#server/domain/mentions/extract-mentions';

describe('the names behind @', () => {
  it.each([
    ['hey @BOB, (@carol) x@bob.com @nobody', ['bob', 'carol', 'nobody']],
    ['@a @A @a', ['a']],
    ['@bob.smith @bob-, @bob_', ['bob', 'bob-', 'bob_']],
    ['foo@bar.com é@bob 9@bob _@bob', []],
    ['@@bob /@bob', []],
    ['https://x/@bob http://x?q=@bob www.x.com/?@bob', []],
    ['(see https://x/@bob) @carol', ['carol']],
    ['HTTPS://X/?@bob', []],
    ['`@bob` *@carol*', ['bob', 'carol']],
    ['@everyone', ['everyone']],
    [`@${'x'.repeat(33)} @${'y'.repeat(32)}`, ['y'.repeat(32)]],
    ['@ bob @', []],
    ['line\n@bob\tand\u00a0@carol', ['bob', 'carol']],
    ['@böb', ['b']],
  ])('in %j are %j', (text, names) => {
    expect(extractMentions(text)).toEqual(names);
  });
});
