import type { Actor } from '#server/domain/kernel/actor';
import type { Message } from '#server/domain/messages/message';

/** The actor's unread, live messages by others that mention them or everyone, newest first. */
export async function unreadMentions(_actor: Actor): Promise<Message[]> {
  throw new Error('not written yet');
}
