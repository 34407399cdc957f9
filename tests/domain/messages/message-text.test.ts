import { describe, expect, it } from 'vitest';
import { MAX_TEXT_LENGTH, messageText, storable } from '#server/domain/messages/message-text';

describe('what a message says', () => {
  it.each([
    ['  leading stays', '  leading stays'],
    ['trailing goes \r\n\t\u00a0', 'trailing goes'],
    ['line\r\nbreaks stay', 'line\r\nbreaks stay'],
    ['', null],
    [' \n ', null],
    ['\0', null],
    [undefined, null],
    [null, null],
  ])('of %j is %j', (raw, text) => {
    expect(messageText(raw)).toBe(text);
  });

  it('is at most 10,000 code points long', () => {
    expect(messageText('😀'.repeat(MAX_TEXT_LENGTH))).toHaveLength(2 * MAX_TEXT_LENGTH);
    expect(() => messageText('😀'.repeat(MAX_TEXT_LENGTH + 1))).toThrow('too_large: message_too_long');
    expect(() => messageText('x'.repeat(MAX_TEXT_LENGTH + 1))).toThrow('too_large: message_too_long');
  });
});

it('half a surrogate pair becomes the replacement character, whole ones stay', () => {
  expect(storable('a\ud83d b\ude00 \ud83d\ude00')).toBe('a\u{FFFD} b\u{FFFD} 😀');
});
