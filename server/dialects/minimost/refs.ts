import { z } from '@hono/zod-openapi';
import { accountsNamed } from '#server/domain/accounts/list-accounts';
import { findPublicChannel } from '#server/domain/channels/public-channels';
import type { ConversationView } from '#server/domain/conversations/conversation';
import { findConversation, listConversations } from '#server/domain/conversations/find-conversations';
import { findDirectOrNull } from '#server/domain/direct-messages/find-direct';
import { openDirect } from '#server/domain/direct-messages/open-direct';
import { type Actor, DELETED_NAME, type Person } from '#server/domain/kernel/actor';
import { Id } from '#server/domain/kernel/ids';
import { isRefusal, refuse, refuseUnless } from '#server/domain/kernel/refusal';

/** A channel as a client writes it; whether it exists is another question. */
export type ChannelRef =
  | { kind: 'public'; name: string }
  | { kind: 'private'; id: number | null }
  /** without repeats, in code-unit order */
  | { kind: 'direct'; usernames: string[] };

/** A channel in a path: `general`, `private:3`, `dm:alice:bob` (minimost.md §1.7). */
export const ChannelParam = z
  .string()
  .transform(parseChannel)
  .openapi({ type: 'string', examples: ['general', 'dm:alice:bob', 'private:3'] });

/** A message's id in a path: anything but decimal digits names no message at all. */
export const MessageIdParam = z
  .string()
  .regex(/^\d+$/)
  // more than an id can be: a message that is missing, like any other unknown number
  .transform((digits) => Id.safeParse(Number(digits)).data ?? Number.MAX_SAFE_INTEGER)
  .openapi({ type: 'integer', example: 41 });

export function parseChannel(text: string): ChannelRef {
  if (text.startsWith('dm:')) {
    const usernames = text.split(':').slice(1).filter(Boolean);
    return { kind: 'direct', usernames: [...new Set(usernames)].sort() };
  }
  if (text.startsWith('private:')) return { kind: 'private', id: parsePrivateId(text) };
  return { kind: 'public', name: text };
}

/** The number in `private:<id>` or `<id>`; null when it is none. */
export function parsePrivateId(text: string): number | null {
  const digits = /^(?:private:)?(\d+)$/.exec(text)?.[1];
  return Id.safeParse(Number(digits)).data ?? null;
}

/** A channel the actor may use. A direct one exists by its name alone: without messages it has no id yet. */
export type Place = { conversationId: number | null; channel: string };

/** Refuses `not_found` for a channel that isn't there or that the actor isn't in. */
export async function findPlace(actor: Actor, ref: ChannelRef): Promise<Place> {
  switch (ref.kind) {
    case 'public':
      return { conversationId: (await findPublicChannel(ref.name)).id, channel: ref.name };
    case 'private':
      return { conversationId: await findPrivateChannel(actor, ref.id), channel: `private:${ref.id}` };
    case 'direct':
      refuseUnless(
        ref.usernames.length > 1 && ref.usernames.includes(actor.username),
        'not_found',
        'conversation',
      );
      return { conversationId: await findDirectId(actor, ref.usernames), channel: directName(ref.usernames) };
  }
}

/** Null for a direct conversation that isn't there yet. */
async function findDirectId(actor: Actor, usernames: readonly string[]): Promise<number | null> {
  if (!usernames.includes(DELETED_NAME)) return findDirectOrNull(actor, othersIn(actor, usernames));
  // somebody left for good: what was said with them keeps an identifier, though no account answers to it
  const channel = directName(usernames);
  const mine = await listConversations(actor);
  return mine.find((conversation) => channelOf(conversation) === channel)?.id ?? null;
}

/** The same; null where that refuses. */
export async function findPlaceOrNull(actor: Actor, ref: ChannelRef): Promise<Place | null> {
  try {
    return await findPlace(actor, ref);
  } catch (error) {
    if (isRefusal(error) && error.kind === 'not_found') return null;
    throw error;
  }
}

/** Where a message may be sent: a conversation, or the people of a direct one that has yet to be opened. */
export type Destination = { conversationId: number } | { accountIds: number[] };

/** Refuses `not_found` as `findPlace` does, and `invalid/no_account` with the names nobody has. */
export async function findDestination(actor: Actor, ref: ChannelRef): Promise<Destination> {
  const { conversationId } = await findPlace(actor, ref);
  if (conversationId !== null) return { conversationId };
  const people = await findPeople(actor, ref);
  return { accountIds: people.map((person) => person.id) };
}

export async function openDestination(actor: Actor, destination: Destination): Promise<number> {
  return 'accountIds' in destination ? openDirect(actor, destination.accountIds) : destination.conversationId;
}

/** The id of a private channel the actor is in; conversations of other kinds are none of its business. */
export async function findPrivateChannel(actor: Actor, id: number | null): Promise<number> {
  const conversation = id === null ? null : await findConversation(actor, id);
  if (conversation?.kind !== 'channel' || conversation.visibility !== 'private') {
    refuse('not_found', 'conversation');
  }
  return conversation.id;
}

/** The same for calls whose documents know only "forbidden" for every channel that isn't mine. */
export async function requirePrivateChannel(actor: Actor, id: number | null): Promise<number> {
  try {
    return await findPrivateChannel(actor, id);
  } catch (error) {
    if (isRefusal(error) && error.kind === 'not_found') refuse('forbidden', 'conversation');
    throw error;
  }
}

/** The other people of a direct conversation that need not exist yet. */
async function findPeople(actor: Actor, ref: ChannelRef): Promise<Person[]> {
  const usernames = ref.kind === 'direct' ? othersIn(actor, ref.usernames) : [];
  const people = await accountsNamed(usernames);
  const missing = usernames.filter((name) => !people.some((person) => person.name === name));
  refuseUnless(missing.length === 0, 'invalid', 'no_account', { names: missing });
  return people;
}

export function othersIn(actor: Actor, usernames: readonly string[]): string[] {
  return usernames.filter((name) => name !== actor.username);
}

function directName(usernames: readonly string[]): string {
  return `dm:${usernames.join(':')}`;
}

/** A conversation's identifier in this API; null for those it has no word for. */
export function channelOf(conversation: ConversationView): string | null {
  if (conversation.kind === 'direct') {
    return directName([...new Set(conversation.people.map((person) => person.name))]);
  }
  if (conversation.kind !== 'channel') return null;
  return conversation.visibility === 'public' ? conversation.name : `private:${conversation.id}`;
}
