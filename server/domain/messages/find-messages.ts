import type { Actor } from '#server/domain/kernel/actor';
import type { Message } from '#server/domain/messages/message';

/** One message the actor may see; refuses `not_found` for every other id. */
export async function findMessage(_actor: Actor, _id: number): Promise<Message> {
  throw new Error('not written yet');
}

/** Those of the messages that the actor may see, in the order of `ids`. */
export async function findMessages(_actor: Actor, _ids: readonly number[]): Promise<Message[]> {
  throw new Error('not written yet');
}

/**
 * Messages by id for nobody in particular, for the hub, which checks who may see each at delivery. Missing ones
 * are left out.
 */
export async function unscopedMessages(_ids: readonly number[]): Promise<Message[]> {
  throw new Error('not written yet');
}
