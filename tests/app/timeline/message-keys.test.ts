import { describe, expect, it } from 'vitest';
import { messageKeyOf } from '#app/chat/_timeline/use-message-keys.ts';

const held = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

describe('a key on a selected message', () => {
  it.each([
    ['d', 'delete'],
    ['c', 'edit'],
    ['o', 'reply'],
    ['t', 'thread'],
    ['y', 'copy'],
    ['e', 'react'],
  ])('%s asks to %s', (key, asked) => {
    expect(messageKeyOf({ ...held, key })).toBe(asked);
  });

  it('leaves walking, leaving and every other key to the app', () => {
    for (const key of ['j', 'k', 'v', 'Enter', 'ArrowUp', 'Escape'])
      expect(messageKeyOf({ ...held, key })).toBeNull();
  });

  it('is the browser’s own when anything is held with it', () => {
    for (const modifier of ['ctrlKey', 'metaKey', 'altKey', 'shiftKey']) {
      expect(messageKeyOf({ ...held, key: 'c', [modifier]: true })).toBeNull();
    }
  });
});
