import { confirmPassword } from '#server/domain/accounts/confirm-password';
import { eraseMessages } from '#server/domain/accounts/erase-messages';
import { findHeir, handOverOwnership, lockOwners } from '#server/domain/accounts/owners';
import { discardStored } from '#server/domain/files/discard-files';
import type { Actor } from '#server/domain/kernel/actor';
import { lockConversation } from '#server/domain/kernel/lock';
import { publish } from '#server/domain/kernel/publish';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { removeMember } from '#server/domain/memberships/leave-conversation';
import { forgetSessions } from '#server/domain/sessions/actor-of-session-token';
import { removeSessions } from '#server/domain/sessions/end-sessions';
import { now } from '#server/platform/clock';
import { prisma, type Transaction } from '#server/platform/database';
import { avatarStore } from '#server/platform/storage/stores';

/** `soft` keeps what the person wrote, under "Deleted User"; `hard` removes the content of it as well. */
export type DeleteAccount = { kind: 'soft' | 'hard'; password: string };

/**
 * Ends an account for good: signs it out everywhere, frees its name, takes it out of all channels. Its direct
 * conversations stay for the others. Refuses `conflict` `last_owner` (see `findHeir`), and as
 * `confirmPassword` does.
 */
export async function deleteAccount(actor: Actor, { kind, password }: DeleteAccount): Promise<void> {
  const { accountId } = actor;
  await confirmPassword(actor, password);
  if (kind === 'hard') {
    // first, because an account that is gone can't ask again for what an interruption has left
    await findHeir(prisma, accountId);
    await eraseMessages(accountId);
  }
  const { sessionIds, avatarFile } = await transaction((db) => bury(db, accountId));
  forgetSessions(sessionIds);
  if (avatarFile) await discardStored([avatarFile], avatarStore());
  // what was sent in the meantime
  if (kind === 'hard') await eraseMessages(accountId);
}

/** The row itself stays, nameless, because messages and conversations point to it. */
async function bury(db: Transaction, accountId: number) {
  await lockOwners(db);
  await handOverOwnership(db, accountId);
  await leaveChannels(db, accountId);
  const sessionIds = await removeSessions(db, accountId, {});
  await db.presence.deleteMany({ where: { accountId } });
  await db.typing.deleteMany({ where: { accountId } });
  const account = await db.account.findUnique({ where: { id: accountId }, select: { avatarFile: true } });
  const { count } = await db.account.updateMany({
    where: { id: accountId, deletedAt: null },
    data: {
      username: null,
      displayName: null,
      email: null,
      passwordHash: null,
      role: 'member',
      nameColor: null,
      bio: null,
      avatarFile: null,
      deletedAt: await nextFarewell(db),
    },
  });
  refuseUnless(count > 0, 'not_found', 'account');
  await publish(db, 'everyone', { type: 'account_deleted', accountId });
  return { sessionIds, avatarFile: account?.avatarFile ?? null };
}

/** Later than every farewell before it, so that whoever keeps names in memory notices each. Under `lockOwners`. */
async function nextFarewell(db: Transaction): Promise<number> {
  const { _max: latest } = await db.account.aggregate({ _max: { deletedAt: true } });
  return Math.max(now(), Number(latest.deletedAt ?? 0) + 1);
}

/** Everybody leaves public channels silently by being deleted; in private ones a departure is an event of its own. */
async function leaveChannels(db: Transaction, accountId: number): Promise<void> {
  const places = await db.membership.findMany({
    where: { accountId, conversation: { kind: 'channel' } },
    select: { conversationId: true, conversation: { select: { visibility: true } } },
    // always in this order, so that two who are deleted at once don't wait for each other
    orderBy: { conversationId: 'asc' },
  });
  for (const { conversationId, conversation } of places) {
    if (conversation.visibility === 'public') continue;
    await lockConversation(db, Number(conversationId));
    await removeMember(db, Number(conversationId), accountId);
  }
  await db.membership.deleteMany({
    where: { accountId, conversation: { kind: 'channel', visibility: 'public' } },
  });
}
