import { beforeEach, describe, expect, it } from 'vitest';
import { exitServer } from '#server/domain/accounts/exit-server';
import { findDirectoryEntry, listDirectory, listPeople } from '#server/domain/accounts/list-directory';
import { removeAccount } from '#server/domain/accounts/remove-account';
import { setRole } from '#server/domain/accounts/set-role';
import { createPrivateChannel } from '#server/domain/conversations/create-private-channel';
import { openDirect } from '#server/domain/direct-messages/open-direct';
import type { Actor, InstanceRole } from '#server/domain/kernel/actor';
import { transaction } from '#server/domain/kernel/transaction';
import { writeMail } from '#server/domain/mail/write-mail';
import { listMembers } from '#server/domain/memberships/list-members';
import { listMessages } from '#server/domain/messages/list-messages';
import { actorOfSessionToken } from '#server/domain/sessions/actor-of-session-token';
import { issueToken } from '#server/domain/sign-in/one-time-token';
import { prisma } from '#server/platform/database';
import { eventsOf } from '#tests/support/events';
import { accountOf, newcomers, openChannels, signedInAgain } from '#tests/support/people';
import { refusalOf } from '#tests/support/refusals';
import { say } from '#tests/support/say';

let owner: Actor;
let admin: Actor;
let alice: Actor;
let bob: Actor;

beforeEach(async () => {
  await prisma.account.deleteMany({});
  await openChannels('general');
  [owner, admin, alice, bob] = await newcomers('owner', 'admin', 'alice', 'bob');
  await giveRole(admin, 'admin');
});

/** As the database has it, whatever the rules. */
async function giveRole({ accountId }: Actor, role: InstanceRole): Promise<void> {
  await prisma.account.update({ where: { id: accountId }, data: { role } });
}

const roleOf = async (actor: Actor) => (await accountOf(actor)).role;
const set = (actor: Actor, target: Actor, role: InstanceRole) =>
  setRole(actor, { accountId: target.accountId, role });

describe('a role', () => {
  it('is given and taken by administrators, and holds at once for whoever is signed in', async () => {
    const { token } = await signedInAgain(alice);
    expect(await actorOfSessionToken(token)).toMatchObject({ role: 'member' });
    const events = await eventsOf(async () => {
      expect(await set(admin, alice, 'admin')).toMatchObject({ username: 'alice', role: 'admin' });
    });
    expect(events).toEqual([
      { type: 'account_changed', audience: 'everyone', payload: { accountId: alice.accountId } },
    ]);
    expect(await actorOfSessionToken(token)).toMatchObject({ role: 'admin' });
    await set(admin, alice, 'member');
    expect(await actorOfSessionToken(token)).toMatchObject({ role: 'member' });
  });

  it('given again changes nothing and tells nobody', async () => {
    expect(await eventsOf(() => set(owner, admin, 'admin'))).toEqual([]);
  });

  it('is not given by members, nor to nobody', async () => {
    expect(await refusalOf(set(alice, alice, 'admin'))).toBe('forbidden/not_an_administrator');
    expect(await refusalOf(setRole(alice, { accountId: 999_999, role: 'admin' }))).toBe(
      'forbidden/not_an_administrator',
    );
    expect(await refusalOf(setRole(owner, { accountId: 999_999, role: 'admin' }))).toBe('not_found/account');
  });

  it('of an owner is for owners to give and take', async () => {
    expect(await refusalOf(set(admin, owner, 'member'))).toBe('forbidden/owners_only');
    expect(await refusalOf(set(admin, admin, 'owner'))).toBe('forbidden/owners_only');
    await set(owner, alice, 'owner');
    await set(alice, owner, 'admin');
    expect([await roleOf(owner), await roleOf(alice)]).toEqual(['admin', 'owner']);
    expect(await refusalOf(set(alice, alice, 'admin'))).toBe('conflict/last_owner');
  });

  it('of the last administrator stays, also when the last two lose it at once', async () => {
    await giveRole(owner, 'member');
    expect(await refusalOf(set(admin, admin, 'member'))).toBe('conflict/last_administrator');
    await giveRole(alice, 'admin');
    const both = await Promise.allSettled([set(admin, alice, 'member'), set(alice, admin, 'member')]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await prisma.account.count({ where: { role: 'admin' } })).toBe(1);
  });
});

describe('removing somebody', () => {
  it('MK-24 is for administrators, never oneself, never nobody', async () => {
    expect(await refusalOf(removeAccount(alice, bob.accountId))).toBe('forbidden/not_an_administrator');
    expect(await refusalOf(removeAccount(alice, 999_999))).toBe('forbidden/not_an_administrator');
    expect(await refusalOf(removeAccount(owner, owner.accountId))).toBe('invalid/own_account');
    expect(await refusalOf(removeAccount(owner, 999_999))).toBe('not_found/account');
    expect(await refusalOf(removeAccount(admin, owner.accountId))).toBe('forbidden/owners_only');
  });

  it('MK-26 MK-27 ends the account and its sessions, and keeps what it wrote', async () => {
    const { token } = await signedInAgain(alice);
    await prisma.account.update({
      where: { id: alice.accountId },
      data: { email: 'alice@example.com', displayName: 'Alice A' },
    });
    const direct = await openDirect(alice, [bob.accountId]);
    await say(alice, direct, 'remember me');
    const { id: secret } = await createPrivateChannel(bob, {
      name: 'secret',
      accountIds: [alice.accountId],
    });

    const events = await eventsOf(() => removeAccount(admin, alice.accountId));

    expect(events.slice(-2)).toMatchObject([
      {
        type: 'account_deleted',
        audience: 'everyone',
        payload: {
          accountId: alice.accountId,
          by: 'admin',
          name: 'Alice A',
          email: 'alice@example.com',
        },
      },
      { type: 'session_ended', audience: { accountIds: [alice.accountId] } },
    ]);
    expect(await actorOfSessionToken(token)).toBeNull();
    expect(await accountOf(alice)).toMatchObject({
      username: null,
      email: null,
      displayName: null,
      role: 'member',
    });
    expect((await listMembers(bob, secret)).map(({ name }) => name)).toEqual(['bob']);
    const { messages } = await listMessages(bob, { conversationId: direct, limit: 10 });
    expect(messages.at(-1)).toMatchObject({
      text: 'remember me',
      sender: { id: alice.accountId, name: 'Deleted User' },
    });
    expect(await refusalOf(removeAccount(admin, alice.accountId))).toBe('not_found/account');
  });

  it('voids the links that were mailed to it, and forgets the address', async () => {
    const email = 'alice@example.com';
    await prisma.account.update({
      where: { id: alice.accountId },
      data: { email, emailProvenAt: 1 },
    });
    await transaction(async (db) => {
      await issueToken(db, { purpose: 'magic_link', email }, alice.accountId);
      await issueToken(db, { purpose: 'confirm_email', email: 'new@example.com' }, alice.accountId);
      await issueToken(db, { purpose: 'magic_link', email: 'bob@example.com' }, bob.accountId);
      await writeMail(db, { recipient: email, subject: 's', text: 't', expiresAt: Number.MAX_SAFE_INTEGER });
    });
    await removeAccount(admin, alice.accountId);
    expect((await prisma.oneTimeToken.findMany()).map((row) => row.email)).toEqual(['bob@example.com']);
    expect(await prisma.mail.count()).toBe(0);
    expect(await accountOf(alice)).toMatchObject({ email: null, emailProvenAt: null });
  });

  it('by two administrators of each other leaves one of them', async () => {
    await giveRole(owner, 'member');
    await giveRole(alice, 'admin');
    const both = await Promise.allSettled([
      removeAccount(admin, alice.accountId),
      removeAccount(alice, admin.accountId),
    ]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await prisma.account.count({ where: { role: 'admin', deletedAt: null } })).toBe(1);
  });

  it('is nothing an administrator may do who has just been demoted', async () => {
    await set(owner, admin, 'member');
    expect(await refusalOf(removeAccount(admin, alice.accountId))).toBe('forbidden/not_an_administrator');
  });
});

describe('leaving the server', () => {
  it('is open to members and to administrators who are not alone as such', async () => {
    const events = await eventsOf(() => exitServer(alice));
    expect(events.find(({ type }) => type === 'account_deleted')).toMatchObject({
      payload: { by: 'self', name: 'alice' },
    });
    await exitServer(admin);
    expect(await accountOf(admin)).toMatchObject({ username: null });
    expect(await refusalOf(exitServer(alice))).toBe('not_found/account');
  });

  it('hands the ownership over to an administrator', async () => {
    await exitServer(owner);
    expect(await roleOf(admin)).toBe('owner');
  });

  it('MK-25 is refused to the only administrator, and to one of the last two who go at once', async () => {
    const both = await Promise.allSettled([exitServer(owner), exitServer(admin)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [last] = await prisma.account.findMany({ where: { role: { not: 'member' }, deletedAt: null } });
    expect(last?.role).toBe('owner');
    const survivor = [owner, admin].find(({ accountId }) => accountId === Number(last?.id)) as Actor;
    for (const actor of [alice, bob]) await exitServer(actor);
    expect(await refusalOf(exitServer(survivor))).toBe('conflict/last_administrator');
  });
});

describe('the directory', () => {
  it('MK-21 lists everybody in the order they came, with addresses and no secrets', async () => {
    await prisma.account.update({
      where: { id: alice.accountId },
      data: { email: 'alice@example.com', addedById: owner.accountId },
    });
    await removeAccount(owner, bob.accountId);
    const entries = await listDirectory(alice);
    expect(entries.map(({ username, role, email, addedById }) => [username, role, email, addedById])).toEqual(
      [
        ['owner', 'owner', null, null],
        ['admin', 'admin', null, null],
        ['alice', 'member', 'alice@example.com', owner.accountId],
      ],
    );
    expect(await findDirectoryEntry(owner, alice.accountId)).toEqual(entries[2]);
    expect(await refusalOf(findDirectoryEntry(owner, bob.accountId))).toBe('not_found/account');
    expect(JSON.stringify(entries)).not.toMatch(/password|argon|hash/i);
  });

  it('tells administrators what they may do to whom', async () => {
    const rights = async (actor: Actor) => (await listPeople(actor)).map(({ may }) => may);
    expect((await rights(owner)).slice(0, 3)).toEqual([
      { roles: ['admin', 'member'], remove: false, resetPassword: false },
      { roles: ['owner', 'member'], remove: true, resetPassword: true },
      { roles: ['owner', 'admin'], remove: true, resetPassword: true },
    ]);
    expect((await rights(admin)).slice(0, 3)).toEqual([
      { roles: [], remove: false, resetPassword: false },
      { roles: ['member'], remove: false, resetPassword: false },
      { roles: ['admin'], remove: true, resetPassword: true },
    ]);
  });

  it('tells administrators more, and only them', async () => {
    const [first] = await listPeople(admin);
    expect(first).toMatchObject({ username: 'owner', hasPassword: true, lastUsedAt: expect.any(Number) });
    expect(JSON.stringify(await listPeople(admin))).not.toMatch(/argon|hash/i);
    expect(await refusalOf(listPeople(alice))).toBe('forbidden/not_an_administrator');
  });
});
