import type { Actor } from '#server/domain/kernel/actor';

/** Where the actor stands in one conversation. */
export type UnreadCount = {
  conversationId: number;
  /** live messages by others after the read mark that count */
  unread: number;
  /** those of them that mention the actor or everyone */
  mentions: number;
  lastSeq: number;
  readSeq: number;
  readStamp: number;
};

/** One row for each conversation the actor is in, hidden ones included. */
export async function unreadCounts(_actor: Actor): Promise<UnreadCount[]> {
  throw new Error('not written yet');
}
