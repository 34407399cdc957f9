import { z } from 'zod';
import type { Actor } from '#server/domain/kernel/actor';
import { Id } from '#server/domain/kernel/ids';
import { type LockedConversation, lockConversation } from '#server/domain/kernel/lock';
import { publish } from '#server/domain/kernel/publish';
import { refuse, refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { plain, type Transaction } from '#server/platform/database';

/** the message at `seq` becomes the first unread one */
export const MarkUnread = z.object({
  conversationId: Id,
  seq: z
    .int()
    .positive()
    .max(2 ** 31 - 1),
});
export type MarkUnread = z.input<typeof MarkUnread>;

/**
 * Moves the actor's read mark back to just before a message, for themselves only: what others saw as read stays
 * read, so `readStamp` stays where it was and no receipt is sent. A message after the mark is unread already.
 * Refuses `not_found` for a conversation or a place in it that the actor can't see.
 */
export async function markUnread(actor: Actor, { conversationId, seq }: MarkUnread): Promise<void> {
  await transaction(async (db) => {
    const conversation = await lockConversation(db, conversationId);
    const key = { conversationId, accountId: actor.accountId };
    const mark = plain(await db.membership.findUnique({ where: { conversationId_accountId: key } }));
    if (!conversation || conversation.archivedAt !== null || !mark)
      return refuse('not_found', 'conversation');
    const first = plain(
      await db.message.findUnique({
        where: { conversationId_seq: { conversationId, seq } },
        select: { ordinal: true, counts: true },
      }),
    );
    refuseUnless(first && seq > mark.historyStart, 'not_found', 'message');
    if (seq > mark.readSeq) return;

    const moved = {
      readSeq: seq - 1,
      readOrdinal: first.ordinal - (first.counts ? 1 : 0),
      ownUnread: await countAfter(db, conversationId, seq - 1, {
        senderId: actor.accountId,
        deletedAt: null,
      }),
    };
    await db.membership.update({
      where: { conversationId_accountId: key },
      data: moved,
      select: { readSeq: true },
    });
    const unread = await unreadAfter(db, conversation, moved);
    await publish(
      db,
      { accountIds: [actor.accountId] },
      { type: 'read_moved', ...key, readSeq: seq - 1, unread },
    );
  });
}

async function unreadAfter(
  db: Transaction,
  conversation: LockedConversation,
  mark: { readSeq: number; readOrdinal: number; ownUnread: number },
): Promise<number> {
  const deleted = await countAfter(db, conversation.id, mark.readSeq, { deletedAt: { not: null } });
  return conversation.lastOrdinal - mark.readOrdinal - mark.ownUnread - deleted;
}

function countAfter(
  db: Transaction,
  conversationId: number,
  seq: number,
  which: { senderId?: number; deletedAt: null | { not: null } },
): Promise<number> {
  return db.message.count({ where: { conversationId, seq: { gt: seq }, counts: true, ...which } });
}
