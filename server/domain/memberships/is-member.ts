import type { Db } from '#server/platform/database';

/** Whether an account is in a conversation. Only an answer under the conversation's lock stays true. */
export async function isMember(db: Db, conversationId: number, accountId: number): Promise<boolean> {
  const membership = await db.membership.findUnique({
    where: { conversationId_accountId: { conversationId, accountId } },
    select: { accountId: true },
  });
  return membership !== null;
}
