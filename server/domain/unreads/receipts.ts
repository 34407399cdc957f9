import type { Actor, Person } from '#server/domain/kernel/actor';

/** How far a member has read: a message is read by them when `readStamp >= message.createdAt`. */
export type Receipt = { person: Person; readSeq: number; readStamp: number };

/** The receipts of a conversation's members who have read something, the actor's own included. */
export async function receipts(_actor: Actor, _conversationId: number): Promise<Receipt[]> {
  throw new Error('not written yet');
}
