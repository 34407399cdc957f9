import type { Actor } from '#server/domain/kernel/actor';
import { refuseUnless } from '#server/domain/kernel/refusal';
import type { Message } from '#server/domain/messages/message';

/**
 * Refuses `forbidden` `not_the_sender` for what somebody else or a bot wrote: for faces that have to say so before they
 * look at what it is to become. The commands ask again, under the lock.
 */
export function requireSender(actor: Actor, { sender }: Pick<Message, 'sender'>): void {
  refuseUnless(sender?.id === actor.accountId, 'forbidden', 'not_the_sender');
}
