import type { ConversationView, Message } from '#app/_live/model.ts';
import { conversationPath, otherPeople } from '#app/_live/places.ts';

export const SETTINGS_TABS = ['profile', 'notifications', 'appearance', 'security'] as const;
export type SettingsTab = (typeof SETTINGS_TABS)[number];

export const ADMIN_TABS = ['users', 'channels', 'webhooks', 'server', 'mail', 'audit'] as const;
export type AdminTab = (typeof ADMIN_TABS)[number];

/** Everything an address of the app can mean. */
export type Place =
  /** the last conversation read */
  | { kind: 'home' }
  /** the list of conversations, a page of its own on a phone; elsewhere like home */
  | { kind: 'list' }
  | { kind: 'public'; name: string }
  | { kind: 'private'; conversationId: number }
  /** usernames of the others */
  | { kind: 'direct'; names: string[] }
  | { kind: 'mentions' }
  /** the threads I follow */
  | { kind: 'threads' }
  | { kind: 'settings'; tab: SettingsTab }
  /** of no use to anybody but administrators */
  | { kind: 'admin'; tab: AdminTab };

export const HOME = '/';
export const LIST = '/chat';
export const MENTIONS = '/chat/all/mentions';
export const THREADS = '/chat/all/threads';

export function settingsPath(tab: SettingsTab): string {
  return `/chat/settings/${tab}`;
}

export function adminPath(tab: AdminTab): string {
  return `/chat/admin/${tab}`;
}

/** What may stand behind the address of a conversation: one of its threads. */
const THREAD_TAIL = /^(\/chat\/.+)\/thread\/([1-9]\d{0,15})$/;

/** The message that the thread in an address begins with; null without one. */
export function threadIdOf(pathname: string): number | null {
  const [, , id] = THREAD_TAIL.exec(pathname) ?? [];
  return id === undefined ? null : Number(id);
}

/**
 * Reads a pathname as the browser writes it (escaped); null if the app has no such page. An address of a thread is in
 * the place of its conversation.
 */
export function placeOf(pathname: string): Place | null {
  const [, conversation] = THREAD_TAIL.exec(pathname) ?? [];
  const place = pagePlaceOf(conversation ?? pathname);
  return conversation === undefined || isConversationPlace(place) ? place : null;
}

function isConversationPlace(place: Place | null): boolean {
  return place?.kind === 'public' || place?.kind === 'private' || place?.kind === 'direct';
}

function pagePlaceOf(pathname: string): Place | null {
  const segments = pathname.split('/').slice(1).map(unescaped);
  if (segments.includes(null)) return null;
  const [root, first, second, ...more] = segments as string[];
  if (root === '' && first === undefined) return { kind: 'home' };
  if (root !== 'chat' || more.length > 0) return null;
  if (first === undefined) return { kind: 'list' };
  if (first === '') return null;
  if (second === undefined) return { kind: 'public', name: first };
  switch (first) {
    case 'private':
      return /^[1-9]\d{0,15}$/.test(second) ? { kind: 'private', conversationId: Number(second) } : null;
    case 'dm':
      return directOf(second);
    case 'settings':
      return isSettingsTab(second) ? { kind: 'settings', tab: second } : null;
    case 'admin':
      return isAdminTab(second) ? { kind: 'admin', tab: second } : null;
    case 'all':
      return second === 'mentions' || second === 'threads' ? { kind: second } : null;
    default:
      return null;
  }
}

function directOf(list: string): Place | null {
  const names = list.split(',').filter(Boolean);
  return names.length > 0 ? { kind: 'direct', names } : null;
}

function isSettingsTab(value: string): value is SettingsTab {
  return (SETTINGS_TABS as readonly string[]).includes(value);
}

function isAdminTab(value: string): value is AdminTab {
  return (ADMIN_TABS as readonly string[]).includes(value);
}

function unescaped(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

/**
 * The conversation an address means, among those I belong to; null if there is none. `last` is the one I read last,
 * which home opens; without it home opens the first public channel.
 */
export function conversationAt(
  place: Place,
  conversations: Iterable<ConversationView>,
  my: { id: number; last: number | null },
): ConversationView | null {
  const all = [...conversations];
  switch (place.kind) {
    case 'home':
    case 'list':
      return all.find(({ id }) => id === my.last) ?? firstOf(all);
    case 'public':
      return (
        all.find(({ visibility, kind, name }) => {
          return visibility === 'public' && kind === 'channel' && name === place.name;
        }) ?? null
      );
    case 'private':
      return (
        all.find(({ id, visibility, kind }) => {
          return id === place.conversationId && visibility === 'private' && kind === 'channel';
        }) ?? null
      );
    case 'direct': {
      const wanted = [...place.names].sort().join(',');
      return (
        all.find((view) => {
          return (
            view.kind === 'direct' &&
            wanted ===
              otherPeople(view, my.id)
                .map(({ name }) => name)
                .join(',')
          );
        }) ?? null
      );
    }
    default:
      return null;
  }
}

/** The public channels, in their order. */
export function publicChannelsOf(all: readonly ConversationView[]): ConversationView[] {
  return all
    .filter(({ kind, visibility }) => kind === 'channel' && visibility === 'public')
    .sort((a, b) => a.position - b.position || a.id - b.id);
}

/** The first public channel, or whatever there is; null for somebody who belongs to nothing. */
export function firstOf(all: readonly ConversationView[]): ConversationView | null {
  return publicChannelsOf(all)[0] ?? all[0] ?? null;
}

/** The address of a message: in its conversation, or for a reply in its thread. */
export function messagePath(
  conversation: ConversationView,
  myId: number,
  { id, threadRootId }: Pick<Message, 'id' | 'threadRootId'>,
): string {
  const place =
    threadRootId === null
      ? conversationPath(conversation, myId)
      : threadPath(conversation, myId, threadRootId);
  return `${place}?message=${id}`;
}

/** The address of the thread that begins with a message. */
export function threadPath(conversation: ConversationView, myId: number, rootId: number): string {
  return `${conversationPath(conversation, myId)}/thread/${rootId}`;
}

/** The id in `?message=`; null without one. */
export function messageIdOf(search: string | null | undefined): number | null {
  const value = new URLSearchParams(search ?? '').get('message') ?? '';
  return /^[1-9]\d{0,15}$/.test(value) ? Number(value) : null;
}
