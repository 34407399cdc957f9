import type { AccountView, ConversationView, Message } from '#app/_live/model.ts';
import type { DomainEvent, Signal } from '#server/domain/kernel/events';
import type { ThreadState } from '#server/live/delivery';

/** A stored fact as the live stream brings it, with what it takes to show it without asking again. */
export type EventDelivery = {
  kind: 'event';
  /** grows from one delivery to the next; what a resumed stream starts after */
  id: number;
  event: DomainEvent;
  /** the messages the event speaks of, as they are now */
  messages?: Message[];
  /** the threads that replies among them are in, as they are now */
  threads?: readonly ThreadState[];
  conversation?: ConversationView | null;
  account?: AccountView | null;
};

export type Delivery =
  | EventDelivery
  | { kind: 'signal'; signal: Signal }
  /** what was missed is no longer kept: everything has to be loaded anew */
  | { kind: 'reset' };
