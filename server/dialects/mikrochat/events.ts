import { presentChannel } from '#server/dialects/mikrochat/channels';
import { presentPresence } from '#server/dialects/mikrochat/presence';
import { millisecondsOf, presentThread, writeMessage } from '#server/dialects/mikrochat/present';
import type { Profile } from '#server/dialects/mikrochat/profile';
import { type Place, placeOfFacts } from '#server/dialects/mikrochat/refs';
import { DEFAULT_SERVER_NAME } from '#server/dialects/mikrochat/server-name';
import { isAdministrator } from '#server/domain/accounts/administration';
import type { DomainEvent } from '#server/domain/kernel/events';
import type { Message } from '#server/domain/messages/message';
import type { EventDelivery, SignalDelivery } from '#server/live/delivery';
import { now } from '#server/platform/clock';

/** An event of this API, its payload written out. */
type Told = { type: string; payload: string };

type Fact<Type extends DomainEvent['type']> = Extract<DomainEvent, { type: Type }>;

/**
 * A stored event as this API tells it (mikrochat.md §3.2): nothing, one event, or one for each message of a send.
 * `readerId` matters only for who comes to or leaves a private channel.
 */
export function tell(delivery: EventDelivery, profile: Profile, readerId: number): Told[] {
  const { event } = delivery;
  switch (event.type) {
    case 'message_sent':
      return delivery.messages.flatMap((message) => tellMessage('NEW', message, delivery, profile));
    case 'message_edited':
      return delivery.messages.flatMap((message) => tellMessage('UPDATE', message, delivery, profile));
    case 'message_pinned':
      return [
        ...delivery.messages.flatMap((message) => tellMessage('UPDATE', message, delivery, profile)),
        ...(delivery.channel ? told('UPDATE_CHANNEL', presentChannel(delivery.channel)) : []),
      ];
    case 'message_deleted':
      return tellDeletion(event, delivery);
    case 'reactions_changed':
      return tellReaction(event);
    case 'conversation_created':
      return tellNewPlace(delivery);
    case 'conversation_changed':
      return tellChangedPlace(event, delivery);
    case 'conversation_deleted':
      return told('DELETE_CHANNEL', { id: String(event.conversationId), name: event.name });
    case 'member_joined':
      return event.accountId === readerId ? tellNewPlace(delivery) : [];
    case 'member_left':
      return event.accountId === readerId ? tellGone(event.conversationId, delivery) : [];
    case 'account_created':
    case 'account_changed':
      return tellAccount(event, delivery);
    case 'account_deleted':
      return tellFarewell(event);
    case 'webhook_created':
    case 'webhook_deleted':
      return tellWebhook(event);
    case 'server_changed':
      return told('UPDATE_SERVER_SETTINGS', { name: event.name ?? DEFAULT_SERVER_NAME });
    default:
      return [];
  }
}

/** Whether an event looks different to the account it speaks of than to all others. */
export function isAboutReader({ event }: EventDelivery, readerId: number): boolean {
  return (event.type === 'member_joined' || event.type === 'member_left') && event.accountId === readerId;
}

export function tellSignal({ signal }: SignalDelivery): Told[] {
  if (signal.type !== 'presence') return [];
  return told('PRESENCE_UPDATE', presentPresence(signal.accountId, signal.state, now()));
}

function told(type: string, payload: object): Told[] {
  return [{ type, payload: JSON.stringify(payload) }];
}

function placeOf({ place }: EventDelivery): Place | null {
  return place ? placeOfFacts(place) : null;
}

function tellMessage(
  what: 'NEW' | 'UPDATE',
  message: Message,
  delivery: EventDelivery,
  profile: Profile,
): Told[] {
  const place = placeOf(delivery);
  if (!place || message.kind !== 'text') return [];
  const written = writeMessage(message, place, profile);
  if (place.participants) {
    const participants = JSON.stringify(place.participants);
    return [
      { type: `${what}_DM_MESSAGE`, payload: `${written.slice(0, -1)},"participants":${participants}}` },
    ];
  }
  if (message.threadRootId === null) return [{ type: `${what}_MESSAGE`, payload: written }];
  if (what === 'UPDATE') return [{ type: 'UPDATE_THREAD_REPLY', payload: written }];
  const parent = String(message.threadRootId);
  const meta = JSON.stringify(metaOf(message.threadRootId, delivery));
  const head = `"parentMessageId":"${parent}","channelId":"${place.channelId}"`;
  return [{ type: 'NEW_THREAD_REPLY', payload: `{${head},"reply":${written},"threadMeta":${meta}}` }];
}

/** Null once no reply remains. */
function metaOf(rootId: number, { threads }: EventDelivery) {
  const thread = threads.find((state) => state.rootId === rootId)?.thread;
  return thread ? presentThread(thread) : null;
}

function tellDeletion({ messageId }: Fact<'message_deleted'>, delivery: EventDelivery): Told[] {
  const place = placeOf(delivery);
  const message = delivery.messages.find(({ id }) => id === messageId);
  if (!place || !message || message.kind !== 'text') return [];
  const { channelId, participants } = place;
  const id = String(messageId);
  if (participants) return told('DELETE_DM_MESSAGE', { id, conversationId: channelId, participants });
  if (message.threadRootId === null) return told('DELETE_MESSAGE', { id, channelId });
  return told('DELETE_THREAD_REPLY', {
    id,
    threadId: String(message.threadRootId),
    channelId,
    threadMeta: metaOf(message.threadRootId, delivery),
  });
}

/** Rows of older versions don't say who reacted how. */
function tellReaction({ messageId, accountId, emoji, on }: Fact<'reactions_changed'>): Told[] {
  if (accountId === undefined || emoji === undefined) return [];
  return told(on ? 'NEW_REACTION' : 'DELETE_REACTION', {
    messageId: String(messageId),
    userId: String(accountId),
    reaction: emoji,
  });
}

function tellNewPlace(delivery: EventDelivery): Told[] {
  if (delivery.channel) return told('NEW_CHANNEL', presentChannel(delivery.channel));
  const place = placeOf(delivery);
  if (!place || !delivery.place || delivery.place.kind !== 'direct') return [];
  const createdAt = millisecondsOf(delivery.place.createdAt);
  const { channelId: id, participants } = place;
  // of more than two people: the client reads the list of channels anew and finds its name there
  if (!participants) return told('NEW_CHANNEL', { id, name: 'Direct message', createdAt, isPrivate: true });
  return told('NEW_CONVERSATION', { id, participants, createdAt });
}

function tellChangedPlace({ conversationId }: Fact<'conversation_changed'>, delivery: EventDelivery): Told[] {
  if (delivery.channel) return told('UPDATE_CHANNEL', presentChannel(delivery.channel));
  return delivery.place?.kind === 'channel' ? tellGone(conversationId, delivery) : [];
}

function tellGone(conversationId: number, { channel }: EventDelivery): Told[] {
  return told('DELETE_CHANNEL', { id: String(conversationId), name: channel?.name ?? '' });
}

function tellAccount(
  { type }: Fact<'account_created' | 'account_changed'>,
  { account }: EventDelivery,
): Told[] {
  if (!account) return [];
  const { id, displayName, username, email } = account;
  const known = { id: String(id), userName: displayName ?? username, isAdmin: isAdministrator(account) };
  if (type === 'account_changed') return told('UPDATE_USER', known);
  return told('NEW_USER', { ...known, email: email ?? '' });
}

function tellFarewell({ accountId, by, name, email }: Fact<'account_deleted'>): Told[] {
  const id = String(accountId);
  return by === 'admin'
    ? told('REMOVE_USER', { id, email: email ?? '' })
    : told('USER_EXIT', { id, userName: name });
}

function tellWebhook(event: Fact<'webhook_created' | 'webhook_deleted'>): Told[] {
  const place = { id: String(event.webhookId), channelId: String(event.conversationId) };
  if (event.type === 'webhook_deleted') return told('DELETE_WEBHOOK', place);
  return told('NEW_WEBHOOK', { ...place, name: event.name });
}
