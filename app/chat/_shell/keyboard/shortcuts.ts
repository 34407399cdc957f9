/** What a key can ask of the app; the keys themselves as people read them are in shortcut-list.ts. */
export type Command =
  | 'palette'
  | 'help'
  | 'search'
  | 'next'
  | 'previous'
  | 'next-unread'
  | 'previous-unread'
  | 'write'
  | 'new-direct'
  | 'scroll-down'
  | 'scroll-up'
  | 'scroll-further-down'
  | 'scroll-further-up'
  | 'top'
  | 'bottom'
  | 'select'
  | 'leave-selection';

export type Key = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/**
 * What a key asks for, or null. `isTyping` says that the key would write into a text field, `isSelecting` that a
 * message is selected, `afterG` that a `g` came just before.
 */
export function commandOf(
  key: Key,
  where: { isTyping: boolean; isSelecting: boolean; letterKeys: boolean; afterG: boolean },
): Command | null {
  const isCommandKey = key.ctrlKey || key.metaKey;
  if (key.altKey && !isCommandKey) return withAlt(key);
  if (isCommandKey && !key.altKey) return withCtrl(key, where.letterKeys);
  if (isCommandKey || where.isTyping) return null;
  if (key.key === '?') return 'help';
  if (where.isSelecting && selecting[key.key]) return selecting[key.key] ?? null;
  return where.letterKeys ? letter(key.key, where.afterG) : null;
}

function withAlt({ key, shiftKey }: Key): Command | null {
  if (key === 'ArrowDown') return shiftKey ? 'next-unread' : 'next';
  if (key === 'ArrowUp') return shiftKey ? 'previous-unread' : 'previous';
  return null;
}

function withCtrl({ key, shiftKey }: Key, letterKeys: boolean): Command | null {
  const pressed = key.toLowerCase();
  if (pressed === 'k') return letterKeys && !shiftKey ? 'previous' : 'palette';
  if (pressed === 'j' && !shiftKey) return 'next';
  return pressed === 'f' && shiftKey ? 'search' : null;
}

const letters: Readonly<Record<string, Command>> = {
  i: 'write',
  j: 'scroll-down',
  k: 'scroll-up',
  d: 'scroll-further-down',
  u: 'scroll-further-up',
  G: 'bottom',
  '/': 'search',
  f: 'search',
  o: 'new-direct',
  v: 'select',
};

/** Visual mode has these besides the letters. */
const selecting: Readonly<Record<string, Command>> = {
  ArrowDown: 'scroll-down',
  ArrowUp: 'scroll-up',
  Escape: 'leave-selection',
};

function letter(key: string, afterG: boolean): Command | null {
  if (key === 'g') return afterG ? 'top' : null;
  return letters[key] ?? null;
}
