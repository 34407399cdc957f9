import { handOverOwnership } from '#server/domain/accounts/owners';
import { nextRenaming } from '#server/domain/accounts/renaming';
import { discardStored } from '#server/domain/files/discard-files';
import { lockConversation } from '#server/domain/kernel/lock';
import { publish } from '#server/domain/kernel/publish';
import { refuse } from '#server/domain/kernel/refusal';
import { removeMember } from '#server/domain/memberships/leave-conversation';
import { forgetSessions } from '#server/domain/sessions/actor-of-session-token';
import { removeSessions } from '#server/domain/sessions/end-sessions';
import { plain, type Transaction } from '#server/platform/database';
import { avatarStore } from '#server/platform/storage/stores';

/** What is left to do once the transaction has committed: hand it to `forgetBuried`. */
export type Burial = { sessionIds: number[]; avatarFile: string | null; username: string };

/**
 * Ends an account: signs it out everywhere, frees its name and address, takes it out of all channels, voids the links
 * it was mailed. Its direct conversations
 * stay for the others, and so does the row, nameless, because messages and conversations point to it. Under
 * `lockOwners`. Refuses `not_found` `account`, and `conflict` `last_owner` as `findHeir` does.
 */
export async function buryAccount(db: Transaction, accountId: number, by: 'self' | 'admin'): Promise<Burial> {
  await handOverOwnership(db, accountId);
  await leaveChannels(db, accountId);
  const account = await db.account.findUnique({
    where: { id: accountId },
    select: { username: true, displayName: true, email: true, avatarFile: true, deletedAt: true },
  });
  if (!account?.username || account.deletedAt !== null) return refuse('not_found', 'account');
  const { username, displayName, email, avatarFile } = account;
  await db.presence.deleteMany({ where: { accountId } });
  await db.typing.deleteMany({ where: { accountId } });
  await db.oneTimeToken.deleteMany({ where: { OR: [{ accountId }, ...(email ? [{ email }] : [])] } });
  if (email) await db.mail.deleteMany({ where: { recipient: email } });
  const at = await nextRenaming(db);
  await db.account.update({
    where: { id: accountId },
    data: {
      username: null,
      displayName: null,
      email: null,
      emailProvenAt: null,
      passwordHash: null,
      role: 'member',
      nameColor: null,
      bio: null,
      avatarFile: null,
      deletedAt: at,
      renamedAt: at,
    },
    select: { id: true },
  });
  // before the end of the sessions, or those who go would not hear of it: their streams end with either
  await publish(db, 'everyone', {
    type: 'account_deleted',
    accountId,
    by,
    name: displayName ?? username,
    email,
  });
  const sessionIds = await removeSessions(db, accountId, {});
  return { sessionIds, avatarFile, username };
}

/** After the commit. */
export async function forgetBuried({ sessionIds, avatarFile }: Burial): Promise<void> {
  forgetSessions(sessionIds);
  if (avatarFile) await discardStored([avatarFile], avatarStore());
}

/** Everybody leaves public channels silently by being deleted; in private ones a departure is an event of its own. */
async function leaveChannels(db: Transaction, accountId: number): Promise<void> {
  const places = plain(
    await db.membership.findMany({
      where: { accountId, conversation: { kind: 'channel', visibility: 'private' } },
      select: { conversationId: true },
      // always in this order, so that two who are deleted at once don't wait for each other
      orderBy: { conversationId: 'asc' },
    }),
  );
  for (const { conversationId } of places) {
    await lockConversation(db, conversationId);
    await removeMember(db, conversationId, accountId);
  }
  await db.membership.deleteMany({
    where: { accountId, conversation: { kind: 'channel', visibility: 'public' } },
  });
}
