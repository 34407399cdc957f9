import { z } from '@hono/zod-openapi';
import { type ConversationFacts, conversationFacts } from '#server/domain/conversations/conversation-facts';
import { findDirectPair } from '#server/domain/direct-messages/find-direct-pair';
import { isDirectOfOthers } from '#server/domain/direct-messages/is-direct-of-others';
import type { Actor } from '#server/domain/kernel/actor';
import { Id } from '#server/domain/kernel/ids';
import { isRefusal, refuse, refuseUnless } from '#server/domain/kernel/refusal';
import { findMessage } from '#server/domain/messages/find-messages';
import type { Message } from '#server/domain/messages/message';
import { requireSender } from '#server/domain/messages/require-sender';

/** A conversation in this API's words. */
export type Place = {
  conversationId: number;
  /** `7`, or `dm:3_12` */
  channelId: string;
  /** of a direct conversation of two: their ids in code-unit order; null for everything that is shown as a channel */
  participants: [string, string] | null;
  /** a channel that not everybody is in */
  isPrivate: boolean;
};

/** An id in a path, as we write it; nothing else names anything. */
export const IdParam = z
  .string()
  .regex(/^[1-9]\d{0,15}$/)
  .transform(Number)
  .pipe(Id)
  .openapi({ type: 'string', example: '7' });

/** The same in a body or a query, where what names nothing is not refused but unknown. */
export function idOrNull(text: string | undefined): number | null {
  return IdParam.safeParse(text).data ?? null;
}

/** An id that nothing will ever have, for what names nothing where that isn't refused but unknown. */
export const NOTHING = Number.MAX_SAFE_INTEGER;

/** `dm:3_12`: the ids of two people in code-unit order (mikrochat.md §1.7). */
export const ConversationParam = z
  .string()
  .transform(parseConversation)
  .openapi({ type: 'string', example: 'dm:12_3' });

export function conversationIdOf(people: readonly number[]): string {
  return `dm:${participantsOf(people).join('_')}`;
}

export function participantsOf(people: readonly number[]): [string, string] {
  return people.map(String).sort() as [string, string];
}

/** The two people; null for what is no conversation's id. */
function parseConversation(text: string): [number, number] | null {
  const ids = (/^dm:(\d+)_(\d+)$/.exec(text) ?? []).slice(1).map(idOrNull);
  const [one, other] = ids;
  return one && other && conversationIdOf([one, other]) === text ? [one, other] : null;
}

/** Refuses `not_found` where there is none, `forbidden` where it is other people's. */
export async function findConversationPlace(actor: Actor, people: [number, number] | null): Promise<Place> {
  if (!people) return refuse('not_found', 'conversation');
  const conversationId = await findDirectPair(actor, people);
  return {
    conversationId,
    channelId: conversationIdOf(people),
    participants: participantsOf(people),
    isPrivate: true,
  };
}

/** What is no direct conversation of two. Whether the actor may see it is for the domain to say. */
export async function findChannelPlace(conversationId: number): Promise<Place> {
  const place = await findPlaceOrNull(conversationId);
  return place && !place.participants ? place : refuse('not_found', 'conversation');
}

/** The place of a message that the actor can see already. */
export async function placeOf({ conversationId }: Message): Promise<Place> {
  return (await findPlaceOrNull(conversationId)) ?? refuse('not_found', 'conversation');
}

async function findPlaceOrNull(conversationId: number): Promise<Place | null> {
  const facts = (await conversationFacts([conversationId])).get(conversationId);
  return facts ? placeOfFacts(facts) : null;
}

/** Null for what this API has no word for. */
export function placeOfFacts({ id, kind, visibility, people }: ConversationFacts): Place | null {
  if (kind === 'saved') return null;
  const isPair = kind === 'direct' && people.length === 2;
  return {
    conversationId: id,
    channelId: isPair ? conversationIdOf(people) : String(id),
    participants: isPair ? participantsOf(people) : null,
    isPrivate: visibility === 'private',
  };
}

export type Placed = { message: Message; place: Place };

/** A live message that the actor may see, wherever it is. Parley's own lines are not shown here. */
export async function findShownMessage(actor: Actor, messageId: number): Promise<Placed> {
  const message = await findMessage(actor, messageId);
  refuseUnless(message.deletedAt === null && message.kind === 'text', 'not_found', 'message');
  return { message, place: await placeOf(message) };
}

/** The same in a channel: direct messages have routes of their own. */
export async function findChannelMessage(actor: Actor, messageId: number): Promise<Placed> {
  const found = await findShownMessage(actor, messageId);
  refuseUnless(!found.place.participants, 'not_found', 'message');
  return found;
}

/** A reply in the thread of a message; another thread's replies aren't there. */
export async function findReply(actor: Actor, rootId: number, replyId: number): Promise<Placed> {
  const found = await findChannelMessage(actor, replyId);
  refuseUnless(found.message.threadRootId === rootId, 'not_found', 'message');
  return found;
}

/** One of these, if it is the actor's own: others' are refused `forbidden`. */
export async function own(actor: Actor, finding: Promise<Placed>): Promise<Placed> {
  const found = await finding;
  requireSender(actor, found.message);
  return found;
}

/** A message of one conversation; another one's aren't there. */
export async function findDirectMessage(
  actor: Actor,
  people: [number, number] | null,
  messageId: number,
): Promise<Placed> {
  const place = await findConversationPlace(actor, people);
  const { message } = await findShownMessage(actor, messageId);
  refuseUnless(message.conversationId === place.conversationId, 'not_found', 'message');
  return { message, place };
}

/** A live message anywhere; one of other people's direct conversations is `forbidden` here, not missing. */
export async function findReactable(actor: Actor, messageId: number): Promise<Placed> {
  try {
    return await findShownMessage(actor, messageId);
  } catch (error) {
    if (!isRefusal(error) || !(await isDirectOfOthers(actor, messageId))) throw error;
    return refuse('forbidden', 'not_a_participant');
  }
}

/** A live message of a channel; direct messages are refused `invalid`: they have no pins here. */
export async function findPinnable(actor: Actor, messageId: number): Promise<Placed> {
  const found = await findShownMessage(actor, messageId);
  refuseUnless(!found.place.participants, 'invalid', 'no_pins_here');
  return found;
}

/** A channel or a conversation as a filter; null for one that isn't there or isn't the actor's. */
export async function findFilterPlace(
  actor: Actor,
  { channelId, conversationId }: { channelId?: string | undefined; conversationId?: string | undefined },
): Promise<number | null> {
  if (channelId !== undefined) return idOrNull(channelId);
  const people = parseConversation(conversationId ?? '');
  if (!people?.includes(actor.accountId)) return null;
  return (await findConversationPlace(actor, people).catch(nullWhereRefused))?.conversationId ?? null;
}

function nullWhereRefused(error: unknown): null {
  if (isRefusal(error)) return null;
  throw error;
}
