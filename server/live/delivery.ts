import type { DirectoryEntry } from '#server/domain/accounts/list-directory';
import type { ChannelView } from '#server/domain/channels/channel';
import type { ConversationFacts } from '#server/domain/conversations/conversation-facts';
import type { DomainEvent, Signal } from '#server/domain/kernel/events';
import type { Message, Thread } from '#server/domain/messages/message';

/**
 * The state of a thread; null once it has no live replies. Not its root, which not everybody sees who sees a reply;
 * `changedAt` is the root's.
 */
export type ThreadState = {
  readonly rootId: number;
  readonly thread: Thread | null;
  readonly changedAt: number;
};

/** A stored event on its way to those who may know, with what it takes to show it without asking again. */
export type EventDelivery = {
  readonly kind: 'event';
  /** grows from one delivery to the next; what a resumed stream starts after */
  readonly id: number;
  readonly event: DomainEvent;
  /** the messages the event speaks of as they are now, ascending `seq`; empty for other events */
  readonly messages: readonly Message[];
  /** the threads that replies among `messages` are in, as they are now */
  readonly threads: readonly ThreadState[];
  /** for account_created and account_changed; null once the account is gone */
  readonly account?: DirectoryEntry | null;
  /** for events about a conversation itself, its pins or who is in it; null for what is no channel, or is archived */
  readonly channel?: ChannelView | null;
  /** the conversation it happened in, where it happened in one; null once that is gone */
  readonly place?: ConversationFacts | null;
  readonly frame: Frame;
};

export type SignalDelivery = {
  readonly kind: 'signal';
  readonly signal: Signal;
  /** every event up to this id was delivered before it */
  readonly after: number;
  readonly frame: Frame;
};

/** What was missed is no longer kept: everything has to be loaded anew. `id` is where the stream goes on. */
export type ResetDelivery = { readonly kind: 'reset'; readonly id: number; readonly frame: Frame };

/** One thing the hub hands a stream. All streams that receive it share the object. */
export type Delivery = EventDelivery | SignalDelivery | ResetDelivery;

/**
 * What a face makes of the delivery, made at the first call with that key and then shared: a thousand streams of
 * one face serialise once. `key` names the face and everything else the result depends on.
 */
export type Frame = <T>(key: string, make: () => T) => T;

export function frameCache(): Frame {
  let frames: Map<string, unknown> | undefined;
  return <T>(key: string, make: () => T): T => {
    frames ??= new Map();
    if (!frames.has(key)) frames.set(key, make());
    return frames.get(key) as T;
  };
}
