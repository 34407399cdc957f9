import type { AccountView } from '#server/domain/accounts/account';
import type { DirectoryEntry } from '#server/domain/accounts/list-directory';
import type { Actor } from '#server/domain/kernel/actor';
import type { DomainEvent, Signal } from '#server/domain/kernel/events';
import type { Message } from '#server/domain/messages/message';
import type { Delivery, ThreadState } from '#server/live/delivery';

/** One item of the web app's stream. */
export type LiveItem =
  | {
      kind: 'event';
      id: number;
      event: DomainEvent;
      /** the messages the event speaks of, as they are now */
      messages?: Message[];
      /** the threads that replies among them are in, as they are now */
      threads?: readonly ThreadState[];
      /** the account the event speaks of; null once it is gone */
      account?: AccountView | null;
    }
  | { kind: 'signal'; signal: Signal }
  /** what was missed is no longer kept: load everything anew */
  | { kind: 'reset' };

/** A delivery for one reader: client keys are shown to whoever sent them and to nobody else. */
export function presentDelivery(reader: Actor, delivery: Delivery): LiveItem {
  if (isOwn(reader, delivery)) return delivery.frame('web:own', () => present(delivery, true));
  return delivery.frame('web', () => present(delivery, false));
}

/** Whether the delivery looks different to this reader than to others. */
export function isOwn(reader: Actor, delivery: Delivery): boolean {
  if (delivery.kind !== 'event') return false;
  const [first] = delivery.messages;
  return first?.clientKey != null && first.sender?.id === reader.accountId;
}

function present(delivery: Delivery, own: boolean): LiveItem {
  if (delivery.kind === 'signal') return { kind: 'signal', signal: delivery.signal };
  if (delivery.kind === 'reset') return { kind: 'reset' };
  const { id, event, messages, threads, account } = delivery;
  return {
    kind: 'event',
    id,
    event: withoutAddress(event),
    ...(messages.length > 0 && {
      messages: own ? [...messages] : messages.map((message) => ({ ...message, clientKey: null })),
    }),
    ...(threads.length > 0 && { threads }),
    ...(account !== undefined && { account: account && publicPart(account) }),
  };
}

/** How people are reached is shown to whoever asks for it in some faces, but is no news here. */
function publicPart({ email, addedById, ...account }: DirectoryEntry): AccountView {
  return account;
}

/** Who has gone is told to everybody; how they were reached is nobody's business. */
function withoutAddress(event: DomainEvent): DomainEvent {
  return event.type === 'account_deleted' ? { ...event, email: null } : event;
}
