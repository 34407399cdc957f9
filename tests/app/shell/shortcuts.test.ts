import { describe, expect, it } from 'vitest';
import { commandOf, type Key } from '#app/chat/_shell/keyboard/shortcuts.ts';

const key = (name: string, held: Partial<Key> = {}): Key => {
  return { key: name, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held };
};
const reading = { isTyping: false, isSelecting: false, letterKeys: false, afterG: false };
const writing = { ...reading, isTyping: true };
const letters = { ...reading, letterKeys: true };

describe('a key', () => {
  it('with Alt or Ctrl works while writing, too', () => {
    expect(commandOf(key('ArrowDown', { altKey: true }), writing)).toBe('next');
    expect(commandOf(key('ArrowUp', { altKey: true, shiftKey: true }), writing)).toBe('previous-unread');
    expect(commandOf(key('k', { ctrlKey: true }), writing)).toBe('palette');
    expect(commandOf(key('k', { metaKey: true }), writing)).toBe('palette');
    expect(commandOf(key('j', { ctrlKey: true }), writing)).toBe('next');
  });

  it('that is a letter only writes until single-letter keys are switched on', () => {
    expect(commandOf(key('o'), reading)).toBeNull();
    expect(commandOf(key('o'), letters)).toBe('new-direct');
    expect(commandOf(key('o'), { ...letters, isTyping: true })).toBeNull();
  });

  it('g needs a second one', () => {
    expect(commandOf(key('g'), letters)).toBeNull();
    expect(commandOf(key('g'), { ...letters, afterG: true })).toBe('top');
    expect(commandOf(key('G', { shiftKey: true }), letters)).toBe('bottom');
  });

  it('k with Ctrl walks back once single-letter keys are on, and jumps with Shift', () => {
    expect(commandOf(key('k', { ctrlKey: true }), letters)).toBe('previous');
    expect(commandOf(key('K', { ctrlKey: true, shiftKey: true }), letters)).toBe('palette');
  });

  it('? asks for help unless it is being typed', () => {
    expect(commandOf(key('?', { shiftKey: true }), reading)).toBe('help');
    expect(commandOf(key('?', { shiftKey: true }), writing)).toBeNull();
  });

  it('moves and leaves the selection in visual mode, and only there', () => {
    const selecting = { ...letters, isSelecting: true };
    expect(commandOf(key('ArrowDown'), selecting)).toBe('scroll-down');
    expect(commandOf(key('ArrowUp'), selecting)).toBe('scroll-up');
    expect(commandOf(key('j'), selecting)).toBe('scroll-down');
    expect(commandOf(key('Escape'), selecting)).toBe('leave-selection');
    expect(commandOf(key('ArrowDown', { altKey: true }), selecting)).toBe('next');
    for (const name of ['ArrowDown', 'ArrowUp', 'Escape']) {
      expect(commandOf(key(name), letters)).toBeNull();
    }
  });

  it('of the browser is left to it', () => {
    expect(commandOf(key('t', { ctrlKey: true }), letters)).toBeNull();
    expect(commandOf(key('ArrowLeft', { altKey: true }), letters)).toBeNull();
    expect(commandOf(key('f', { ctrlKey: true }), letters)).toBeNull();
  });
});
