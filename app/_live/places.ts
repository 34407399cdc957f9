import type { ConversationView, Person } from '#app/_live/model.ts';

/** The others of a direct conversation, by name in code-unit order; alone with oneself, oneself. */
export function otherPeople(conversation: Pick<ConversationView, 'people'>, myId: number): Person[] {
  const others = conversation.people.filter((person) => person.id !== myId);
  const shown = others.length > 0 ? others : conversation.people;
  return [...shown].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** What people call a conversation: "general", or "alice, bob" for a direct one. */
export function conversationName(
  conversation: Pick<ConversationView, 'kind' | 'name' | 'people'>,
  myId: number,
): string {
  if (conversation.kind === 'channel') return conversation.name ?? '';
  if (conversation.kind === 'saved') return 'Saved';
  return otherPeople(conversation, myId)
    .map((person) => person.name)
    .join(', ');
}

/**
 * The channels I belong to with their addresses, by name. Where several have one name the public channel is meant, and
 * among private ones the oldest.
 */
export function channelHrefs(conversations: Iterable<ConversationView>): [name: string, href: string][] {
  const isPrivate = (view: ConversationView) => Number(view.visibility === 'private');
  const channels = [...conversations]
    .filter(({ kind, name }) => kind === 'channel' && name)
    // what is meant comes last, because a later entry of a map replaces an earlier one
    .sort((a, b) => isPrivate(b) - isPrivate(a) || b.id - a.id);
  return channels.map((view) => [view.name ?? '', conversationPath(view, 0)]);
}

/** The address of a conversation: `/chat/general`, `/chat/private/12`, `/chat/dm/alice,bob`. */
export function conversationPath(
  conversation: Pick<ConversationView, 'id' | 'kind' | 'visibility' | 'name' | 'people'>,
  myId: number,
): string {
  if (conversation.kind === 'direct') {
    const names = otherPeople(conversation, myId).map((person) => encodeURIComponent(person.name));
    return `/chat/dm/${names.join(',')}`;
  }
  if (conversation.visibility === 'private') return `/chat/private/${conversation.id}`;
  return `/chat/${encodeURIComponent(conversation.name ?? '')}`;
}
