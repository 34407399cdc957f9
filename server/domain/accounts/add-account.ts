import { type AccountView, accountFields, presentAccount } from '#server/domain/accounts/account';
import { lockOwners } from '#server/domain/accounts/owners';
import { firstPublicChannel, holdPublicChannels } from '#server/domain/channels/public-channels';
import type { InstanceRole } from '#server/domain/kernel/actor';
import { publish } from '#server/domain/kernel/publish';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { joinPublicChannels } from '#server/domain/memberships/join-public-channels';
import { postNotice } from '#server/domain/messages/post-notice';
import { recordPresence } from '#server/domain/presence/record-presence';
import { now } from '#server/platform/clock';
import { plain, type Transaction } from '#server/platform/database';

/**
 * A new account with everything that belongs to one: its role, its place in every public channel, the greeting
 * there, its presence and its event. Refuses `conflict` `username_taken` when the name exists in any letter case.
 */
export async function addAccount(
  db: Transaction,
  { username, passwordHash }: { username: string; passwordHash: string },
): Promise<AccountView> {
  const role = await roleOfNewcomer(db);
  const [row] = await db.account.createManyAndReturn({
    data: [{ username, passwordHash, role, createdAt: now() }],
    select: accountFields,
    skipDuplicates: true,
  });
  refuseUnless(row, 'conflict', 'username_taken');
  const account = presentAccount(plain(row));
  await holdPublicChannels(db);
  await greet(db, username);
  await joinPublicChannels(db, account.id);
  await recordPresence(db, account.id, 'active');
  await publish(db, 'everyone', { type: 'account_created', accountId: account.id });
  return account;
}

/** Whoever comes to an empty server owns it; of several who come at once, exactly one. */
async function roleOfNewcomer(db: Transaction): Promise<InstanceRole> {
  if (await isInhabited(db)) return 'member';
  await lockOwners(db);
  return (await isInhabited(db)) ? 'member' : 'owner';
}

async function isInhabited(db: Transaction): Promise<boolean> {
  return (await db.account.findFirst({ where: { deletedAt: null }, select: { id: true } })) !== null;
}

async function greet(db: Transaction, username: string): Promise<void> {
  const channel = await firstPublicChannel(db);
  if (channel) await postNotice(db, channel.id, `${username} has joined. Welcome!`);
}
