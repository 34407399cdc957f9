import { describe, expect, test } from 'vitest';
import { expandCommand } from '#app/chat/_composer/commands.ts';
import { fence, type Selected, toggleMarker, togglePrefix } from '#app/chat/_composer/formatting.ts';
import { isSendKey, roomLeft } from '#app/chat/_composer/send-rules.ts';
import { triggerAt } from '#app/chat/_composer/trigger.ts';

/** "a [b] c": the brackets stand for the selection. */
function selected(marked: string): Selected {
  const start = marked.indexOf('[');
  const end = marked.indexOf(']') - 1;
  return { text: marked.replace('[', '').replace(']', ''), start, end };
}
function shown({ text, start, end }: Selected): string {
  return `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`;
}

describe('formatting', () => {
  test('wraps the selection and takes the marker away again', () => {
    const bold = toggleMarker(selected('a [b] c'), '**');
    expect(shown(bold)).toBe('a **[b]** c');
    expect(shown(toggleMarker(bold, '**'))).toBe('a [b] c');
  });

  test('puts the caret between two markers when nothing is selected', () => {
    expect(shown(toggleMarker(selected('a []'), '__'))).toBe('a __[]__');
  });

  test('italic inside bold adds to it', () => {
    expect(shown(toggleMarker(selected('**[b]**'), '*'))).toBe('***[b]***');
    expect(shown(toggleMarker(selected('***[b]***'), '*'))).toBe('**[b]**');
  });

  test('a fence stands on lines of its own', () => {
    expect(shown(fence(selected('see [x = 1] ok')))).toBe('see \n```\n[x = 1]\n```\n ok');
    expect(shown(fence(selected('[]')))).toBe('```\n[]\n```');
  });

  test('a prefix goes before every line that is touched, and comes off again', () => {
    const quoted = togglePrefix(selected('a\nb[b\nc]c'), '> ');
    expect(shown(quoted)).toBe('a\n> b[b\n> c]c');
    expect(shown(togglePrefix(quoted, '> '))).toBe('a\nb[b\nc]c');
  });
});

describe('completion', () => {
  const kindAt = (text: string) => triggerAt(text, text.length);
  test.each([
    ['@', { kind: 'person', query: '', start: 0 }],
    ['hey @al', { kind: 'person', query: 'al', start: 4 }],
    ['(#gen', { kind: 'channel', query: 'gen', start: 1 }],
    ['nice :thu', { kind: 'emoji', query: 'thu', start: 5 }],
    ['/sh', { kind: 'command', query: 'sh', start: 0 }],
  ])('%s', (text, expected) => {
    expect(kindAt(text)).toEqual(expected);
  });

  test.each(['x@bob', 'at 10:45', ':)', 'a /sh', '@bob '])('nothing at %j', (text) => {
    expect(kindAt(text)).toBeNull();
  });
});

test('commands become text', () => {
  expect(expandCommand('/spoiler the butler')).toBe('||the butler||');
  expect(expandCommand('/shrug')).toBe('¯\\\\\\_(ツ)\\_/¯');
  expect(expandCommand('/unknown thing')).toBe('/unknown thing');
  expect(expandCommand('/usr/bin')).toBe('/usr/bin');
});

test('the counter appears at nine tenths and counts characters, not units', () => {
  expect(roomLeft('a'.repeat(8_999))).toBeNull();
  expect(roomLeft('a'.repeat(9_000))).toBe(1_000);
  expect(roomLeft('😀'.repeat(5_000))).toBeNull();
  expect(roomLeft('😀'.repeat(10_001))).toBe(-1);
});

test('which Enter sends is a setting', () => {
  const key = { key: 'Enter', shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
  expect(isSendKey(key, true)).toBe(true);
  expect(isSendKey({ ...key, shiftKey: true }, true)).toBe(false);
  expect(isSendKey(key, false)).toBe(false);
  expect(isSendKey({ ...key, ctrlKey: true }, false)).toBe(true);
});
