import { unscopedDirectoryEntries } from '#server/domain/accounts/list-directory';
import { unscopedChannels } from '#server/domain/channels/public-channels';
import { conversationFacts } from '#server/domain/conversations/conversation-facts';
import type { Audience, DomainEvent } from '#server/domain/kernel/events';
import { unscopedMessages } from '#server/domain/messages/find-messages';
import { unscopedThreads } from '#server/domain/threads/unscoped-threads';
import { type EventDelivery, frameCache } from '#server/live/delivery';
import type { StoredEvent } from '#server/live/event-log';
import { log } from '#server/platform/log';
import { isDatabaseAbsence } from '#server/platform/patient-pool';

/** A delivery and who it is for. */
export type Addressed<D = EventDelivery> = { audience: Audience; delivery: D };

/**
 * The deliveries of some events, in their order, with everything they speak of as it is now: a few queries,
 * however many events. Messages that retention removed since are missing. Nothing here asks who may see what. Null
 * when it fails although the database is there, because it would fail again: readers have to load everything anew.
 */
export async function loadDeliveries(events: readonly StoredEvent[]): Promise<Addressed[] | null> {
  try {
    return await load(events);
  } catch (error) {
    if (isDatabaseAbsence(error)) throw error;
    log.error({ err: error, from: events[0]?.id, to: events.at(-1)?.id }, 'events could not be loaded');
    return null;
  }
}

async function load(events: readonly StoredEvent[]): Promise<Addressed[]> {
  const known = events.flatMap(({ id, audience, event }) => (event ? [{ id, audience, event }] : []));
  const messageIds = new Set(known.flatMap(({ event }) => messagesOf(event)));
  const accountIds = new Set(known.flatMap(({ event }) => accountOf(event) ?? []));
  const channelIds = new Set(known.flatMap(({ event }) => channelOf(event) ?? []));
  const places = known.flatMap(({ event }) => placeOf(event) ?? []);
  const [messages, accounts, channels, placeById] = await Promise.all([
    messageIds.size > 0 ? unscopedMessages([...messageIds]) : [],
    accountIds.size > 0 ? unscopedDirectoryEntries([...accountIds]) : [],
    channelIds.size > 0 ? unscopedChannels([...channelIds]) : [],
    conversationFacts(places),
  ]);
  const threadById = await unscopedThreads(messages.flatMap((message) => message.threadRootId ?? []));
  const messageById = new Map(messages.map((message) => [message.id, message]));
  const accountById = new Map(accounts.map((account) => [account.id, account]));
  const channelById = new Map(channels.map((channel) => [channel.id, channel]));
  return known.map(({ id, audience, event }) => {
    const accountId = accountOf(event);
    const channelId = channelOf(event);
    const placeId = placeOf(event);
    const spokenOf = messagesOf(event).flatMap((messageId) => messageById.get(messageId) ?? []);
    const rootIds = new Set(spokenOf.flatMap((message) => message.threadRootId ?? []));
    const delivery: EventDelivery = {
      kind: 'event',
      id,
      event,
      messages: spokenOf,
      threads: [...rootIds].flatMap((rootId) => threadById.get(rootId) ?? []),
      ...(accountId !== null && { account: accountById.get(accountId) ?? null }),
      ...(channelId !== null && { channel: channelById.get(channelId) ?? null }),
      ...(placeId !== null && { place: placeById.get(placeId) ?? null }),
      frame: frameCache(),
    };
    return { audience, delivery };
  });
}

/**
 * The message a reader has to see to hear of a delivery: the oldest it speaks of, or of what was deleted, which says
 * nothing any more, the newest. Infinite if it speaks of none, 0, which nobody sees, if they are gone.
 */
export function oldestSeq({ event, messages }: EventDelivery): number {
  const telling = event.type === 'message_deleted' ? messages.at(-1) : messages[0];
  if (telling) return telling.seq;
  return messagesOf(event).length > 0 ? 0 : Number.POSITIVE_INFINITY;
}

function messagesOf(event: DomainEvent): number[] {
  switch (event.type) {
    case 'message_sent':
      return event.messageIds;
    case 'message_deleted':
      return [event.messageId, ...event.replyIds];
    case 'message_edited':
    case 'message_pinned':
    case 'reactions_changed':
      return [event.messageId];
    default:
      return [];
  }
}

function accountOf(event: DomainEvent): number | null {
  return event.type === 'account_created' || event.type === 'account_changed' ? event.accountId : null;
}

function channelOf(event: DomainEvent): number | null {
  switch (event.type) {
    case 'conversation_created':
    case 'conversation_changed':
    case 'member_joined':
    case 'member_left':
    case 'message_pinned':
      return event.conversationId;
    default:
      return null;
  }
}

function placeOf(event: DomainEvent): number | null {
  return 'conversationId' in event ? event.conversationId : null;
}
