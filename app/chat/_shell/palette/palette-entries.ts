import type { AccountView, ConversationView } from '#app/_live/model.ts';
import { conversationName, conversationPath, otherPeople } from '#app/_live/places.ts';
import { fuzzyScore } from '#app/_ui/fuzzy.ts';
import {
  ADMIN_TABS,
  adminPath,
  MENTIONS,
  SETTINGS_TABS,
  settingsPath,
  THREADS,
} from '#app/chat/_shell/place.ts';

export type PaletteEntry = {
  key: string;
  name: string;
  /** what it is, in a word or two */
  detail: string;
  kind: 'channel' | 'private' | 'direct' | 'person' | 'command';
  unread: number;
  /** where it leads, or the dialog that it opens */
  target: { href: string } | { dialog: 'new-direct' | 'create-channel' | 'add-public-channel' | 'help' };
};

const SHOWN = 12;

/** Everything one can jump to: conversations, people without one, and commands. */
export function paletteEntries(
  conversations: readonly ConversationView[],
  accounts: Iterable<AccountView>,
  myId: number,
): PaletteEntry[] {
  const byRecency = [...conversations].sort((a, b) => b.lastSentAt - a.lastSentAt || a.id - b.id);
  const pairs = new Set(
    byRecency
      .filter(({ kind, people }) => kind === 'direct' && people.length === 2)
      .map((view) => otherPeople(view, myId)[0]?.id),
  );
  const everybody = [...accounts];
  const mayAdminister = everybody.some(({ id, role }) => id === myId && role !== 'member');
  return [
    ...byRecency.map((view) => conversationEntry(view, myId)),
    ...everybody.filter(({ id }) => id !== myId && !pairs.has(id)).map(personEntry),
    ...commands,
    ...(mayAdminister ? adminCommands : []),
  ];
}

function conversationEntry(view: ConversationView, myId: number): PaletteEntry {
  const isDirect = view.kind === 'direct';
  const isPrivate = view.visibility === 'private';
  return {
    key: `conversation:${view.id}`,
    name: conversationName(view, myId),
    detail: isDirect ? 'Direct message' : isPrivate ? 'Private channel' : 'Channel',
    kind: isDirect ? 'direct' : isPrivate ? 'private' : 'channel',
    unread: view.unread,
    target: { href: conversationPath(view, myId) },
  };
}

function personEntry({ id, username, displayName }: AccountView): PaletteEntry {
  return {
    key: `person:${id}`,
    name: username,
    detail: displayName ?? 'Person',
    kind: 'person',
    unread: 0,
    target: { href: `/chat/dm/${encodeURIComponent(username)}` },
  };
}

const commands: readonly PaletteEntry[] = [
  command('Threads', { href: THREADS }),
  command('Mentions', { href: MENTIONS }),
  command('New direct message', { dialog: 'new-direct' }),
  command('Create channel', { dialog: 'create-channel' }),
  ...SETTINGS_TABS.map((tab) => command(`Settings: ${tab}`, { href: settingsPath(tab) })),
  command('Keyboard shortcuts', { dialog: 'help' }),
];

const adminCommands: readonly PaletteEntry[] = [
  command('Add public channel', { dialog: 'add-public-channel' }),
  ...ADMIN_TABS.map((tab) => command(`Administration: ${tab}`, { href: adminPath(tab) })),
];

function command(name: string, target: PaletteEntry['target']): PaletteEntry {
  return { key: `command:${name}`, name, detail: 'Command', kind: 'command', unread: 0, target };
}

/** What fits the words, best first; what is unread wins among equals, and without words it comes first. */
export function findEntries(entries: readonly PaletteEntry[], query: string): PaletteEntry[] {
  return entries
    .flatMap((entry, order) => {
      const score = fuzzyScore(query, entry.name);
      return score === null ? [] : [{ entry, order, score: score + (entry.unread > 0 ? 25 : 0) }];
    })
    .sort((a, b) => b.score - a.score || a.order - b.order)
    .slice(0, SHOWN)
    .map(({ entry }) => entry);
}
