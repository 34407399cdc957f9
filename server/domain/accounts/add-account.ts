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
import { type Db, plain, type Transaction } from '#server/platform/database';
import { loginSettings } from '#server/platform/settings';

/** `isInvited`: somebody who may let people in wants this one in. */
export type NewAccount = {
  username: string;
  passwordHash: string | null;
  displayName?: string | null;
  /** as `normalEmail` makes it */
  email?: string;
  /** stamp */
  emailProvenAt?: number;
  /** of somebody who comes to a server that has an owner */
  role?: 'member' | 'admin';
  isInvited?: boolean;
  addedById?: number;
};

/**
 * A new account with everything that belongs to one: its role, its place in every public channel, the greeting
 * there, its presence and its event. Refuses `conflict` `username_taken` when the name exists in any letter case,
 * `email_taken`, and `forbidden` `invite_required` where only the invited may come.
 */
export async function addAccount(
  db: Transaction,
  { role: usual = 'member', isInvited = false, ...draft }: NewAccount,
): Promise<AccountView> {
  const role = await roleOfNewcomer(db, usual);
  refuseUnless(
    isInvited || role === 'owner' || !loginSettings().auth.isInviteRequired,
    'forbidden',
    'invite_required',
  );
  const [row] = await db.account.createManyAndReturn({
    data: [{ ...draft, role, createdAt: now() }],
    select: accountFields,
    skipDuplicates: true,
  });
  refuseUnless(row, 'conflict', (await isEmailTaken(db, draft.email)) ? 'email_taken' : 'username_taken');
  const account = presentAccount(plain(row));
  await holdPublicChannels(db);
  await greet(db, account.username);
  await joinPublicChannels(db, account.id);
  // who was added isn't here yet
  if (!isInvited) await recordPresence(db, account.id, 'active');
  await publish(db, 'everyone', { type: 'account_created', accountId: account.id });
  return account;
}

/** Whoever comes to an empty server owns it; of several who come at once, exactly one. */
async function roleOfNewcomer(db: Transaction, usual: InstanceRole): Promise<InstanceRole> {
  if (await isInhabited(db)) return usual;
  await lockOwners(db);
  return (await isInhabited(db)) ? usual : 'owner';
}

/** Whether there is any account. */
export async function isInhabited(db: Db): Promise<boolean> {
  return (await db.account.findFirst({ where: { deletedAt: null }, select: { id: true } })) !== null;
}

async function isEmailTaken(db: Transaction, email: string | undefined): Promise<boolean> {
  if (email === undefined) return false;
  return (await db.account.findUnique({ where: { email }, select: { id: true } })) !== null;
}

async function greet(db: Transaction, username: string): Promise<void> {
  const channel = await firstPublicChannel(db);
  if (channel) await postNotice(db, channel.id, `${username} has joined. Welcome!`);
}
