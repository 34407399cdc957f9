/** The keys of the app as people read them; the help shows exactly this. */
export type Shortcut = { keys: string; does: string };

export const shortcutGroups: readonly { title: string; shortcuts: readonly Shortcut[] }[] = [
  {
    title: 'Getting around',
    shortcuts: [
      { keys: 'Ctrl K', does: 'Jump to a conversation, a person or a command' },
      { keys: 'Alt ↓', does: 'Next conversation' },
      { keys: 'Alt ↑', does: 'Previous conversation' },
      { keys: 'Alt Shift ↓', does: 'Next unread conversation' },
      { keys: 'Alt Shift ↑', does: 'Previous unread conversation' },
      { keys: 'Ctrl J', does: 'Next conversation, from the top again after the last' },
      { keys: 'Ctrl Shift F', does: 'Search messages' },
      { keys: '?', does: 'This list' },
      { keys: 'Esc', does: 'Close what is open, mark as read' },
    ],
  },
  {
    title: 'Writing',
    shortcuts: [
      { keys: 'Enter', does: 'Send' },
      { keys: 'Shift Enter', does: 'New line' },
      { keys: '↑', does: 'Edit your last message, when the field is empty' },
      { keys: 'Ctrl B', does: 'Bold' },
      { keys: 'Ctrl I', does: 'Italic' },
      { keys: 'Ctrl U', does: 'Underline' },
      { keys: 'Ctrl Shift X', does: 'Strike through' },
      { keys: '@  #  :', does: 'People, channels, emoji' },
    ],
  },
];

/** These work once single-letter keys are switched on in the settings. */
export const letterShortcuts: readonly Shortcut[] = [
  { keys: 'i', does: 'Write' },
  { keys: 'j  k', does: 'Scroll down, up' },
  { keys: 'd  u', does: 'Scroll further down, up' },
  { keys: 'g g', does: 'Go to the top' },
  { keys: 'G', does: 'Go to the newest message' },
  { keys: '/  f', does: 'Search messages' },
  { keys: 'o', does: 'New direct message' },
  { keys: 'v', does: 'Visual mode: select the newest message' },
  { keys: 'j  k  ↓  ↑', does: 'In visual mode: next, previous message' },
  { keys: 'd  c', does: 'Delete, edit the selected message' },
  { keys: 'o  t', does: 'Reply to the selected message, in a thread' },
  { keys: 'y  e', does: 'Copy, react to the selected message' },
  { keys: 'Esc', does: 'Leave visual mode' },
  { keys: 'Ctrl J  Ctrl K', does: 'Next, previous conversation (Ctrl Shift K then jumps)' },
];

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
