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
