import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actorOfAccessToken, tokenPairOf } from '#server/auth/access-token';
import { addAccountAsAdmin } from '#server/domain/accounts/add-account-as-admin';
import { ensureInitialUser } from '#server/domain/accounts/initial-user';
import { resetPasswordAsAdmin } from '#server/domain/accounts/reset-password-as-admin';
import { setRole } from '#server/domain/accounts/set-role';
import type { Actor } from '#server/domain/kernel/actor';
import type { Device } from '#server/domain/sessions/session';
import { verifyMagicLink } from '#server/domain/sign-in/magic-link';
import { setupPassword } from '#server/domain/sign-in/password-reset';
import { signInByEmail } from '#server/domain/sign-in/sign-in-by-email';
import { prisma } from '#server/platform/database';
import { type Settings, settings } from '#server/platform/settings';
import { mailedLink, mailsTo } from '#tests/support/outbox';
import { newcomers, openChannels } from '#tests/support/people';
import { refusalOf } from '#tests/support/refusals';
import { changeSettingsFile } from '#tests/support/settings';

const CLIENT: Device = { face: 'mikrochat', userAgent: 'client/1', ip: '127.0.0.1' };

let owner: Actor;
let admin: Actor;
let member: Actor;

const enter = (email: string, password: string) => signInByEmail({ email, password }, CLIENT);
const accountWith = (email: string) => prisma.account.findUnique({ where: { email } });

beforeAll(async () => {
  await openChannels('general');
  [owner, admin, member] = await newcomers('olivia', 'adam', 'mia');
  await setRole(owner, { accountId: admin.accountId, role: 'admin' });
});
beforeEach(() => changeSettingsFile({ auth: { isInviteRequired: true } }));

describe('an account that an administrator makes', () => {
  it('has the password and the role that they chose', async () => {
    const { accountId } = await addAccountAsAdmin(admin, {
      email: ' Bea@A.example ',
      password: 'password',
      role: 'admin',
    });
    expect((await enter('bea@a.example', 'password')).account).toMatchObject({
      id: accountId,
      username: 'bea',
      role: 'admin',
    });
    expect(await mailsTo('bea@a.example')).toEqual([]);
    const row = await accountWith('bea@a.example');
    expect(row).toMatchObject({ addedById: BigInt(admin.accountId) });
  });

  it('without a password waits for its owner to choose one', async () => {
    await addAccountAsAdmin(admin, { email: 'cleo@a.example' });
    const [mail] = await mailsTo('cleo@a.example');
    expect(mail?.text).toContain('adam has made you an account');
    const link = await mailedLink('cleo@a.example');
    expect(link.url.pathname).toBe('/login/password');
    await setupPassword({ ...link, password: 'password' }, CLIENT);
    await expect(enter('cleo@a.example', 'password')).resolves.toBeDefined();
  });

  it('comes in by a magic link where people do', async () => {
    changeSettingsFile({ auth: { authMode: 'magic-link', isInviteRequired: true } });
    const { accountId } = await addAccountAsAdmin(admin, { email: 'dora@a.example', password: 'short' });
    const { account } = await verifyMagicLink(await mailedLink('dora@a.example'), CLIENT);
    expect(account.id).toBe(accountId);
    expect(await accountWith('dora@a.example')).toMatchObject({ passwordHash: null });
  });

  it('is refused, in this order, and then nothing is left of it', async () => {
    await addAccountAsAdmin(admin, { email: 'taken@a.example', password: 'password' });
    const before = [await prisma.account.count(), await prisma.mail.count(), await prisma.auditEntry.count()];
    const add = (actor: Actor, email: string, password?: string) =>
      refusalOf(addAccountAsAdmin(actor, { email, password }));
    expect(await add(member, 'nonsense', 'short')).toBe('forbidden/not_an_administrator');
    expect(await add(admin, 'nonsense', 'short')).toBe('invalid/email');
    expect(await add(admin, 'new@a.example', '1234567')).toBe('invalid/password_too_short');
    expect(await add(admin, 'TAKEN@a.example', 'password')).toBe('conflict/email_taken');
    expect([
      await prisma.account.count(),
      await prisma.mail.count(),
      await prisma.auditEntry.count(),
    ]).toEqual(before);
  });

  it('is one, when two administrators make it at once', async () => {
    const add = (actor: Actor) =>
      addAccountAsAdmin(actor, { email: 'twice@a.example', password: 'password' });
    const outcomes = await Promise.allSettled([add(owner), add(admin)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('a password that an administrator sets', () => {
  const reset = (actor: Actor, accountId: number, password = 'changed password') =>
    resetPasswordAsAdmin(actor, { accountId, password });

  it('replaces the old one and ends everything opened with it', async () => {
    const { accountId } = await addAccountAsAdmin(admin, { email: 'erin@a.example', password: 'password' });
    const { session } = await enter('erin@a.example', 'password');
    const { accessToken } = await tokenPairOf(session);
    await reset(admin, accountId);
    expect(await actorOfAccessToken(accessToken)).toBeNull();
    expect(await refusalOf(enter('erin@a.example', 'password'))).toBe('unauthenticated/bad_credentials');
    await expect(enter('erin@a.example', 'changed password')).resolves.toBeDefined();
  });

  it('is refused, in this order', async () => {
    expect(await refusalOf(reset(member, 999_999))).toBe('forbidden/not_an_administrator');
    expect(await refusalOf(reset(admin, 999_999, 'short'))).toBe('not_found/account');
    expect(await refusalOf(reset(admin, owner.accountId, 'short'))).toBe('forbidden/owners_only');
    expect(await refusalOf(reset(owner, member.accountId, 'short'))).toBe('invalid/password_too_short');
  });

  it('of one’s own leaves the session it was set in', async () => {
    await reset(owner, owner.accountId);
    expect(await prisma.session.count({ where: { accountId: owner.accountId } })).toBe(1);
  });
});

describe('the first user of the settings', () => {
  const configure = (initialUser: Partial<Settings['chat']['initialUser']>) => {
    settings().chat.initialUser = { id: '', userName: '', email: '', password: '', ...initialUser };
  };

  it('is nobody unless they name one', async () => {
    configure({});
    const before = await prisma.account.count();
    await ensureInitialUser();
    expect(await prisma.account.count()).toBe(before);
  });

  it('is made an administrator, once, by however many processes', async () => {
    configure({ userName: 'The Boss', email: 'Boss@A.example' });
    await Promise.all([ensureInitialUser(), ensureInitialUser(), ensureInitialUser()]);
    expect(await accountWith('boss@a.example')).toMatchObject({
      username: 'The-Boss',
      displayName: 'The Boss',
      role: 'admin',
      passwordHash: null,
    });
  });

  it('gets a password if there is none, and keeps the one there is', async () => {
    configure({ userName: 'The Boss', email: 'boss@a.example', password: 'from the settings' });
    await ensureInitialUser();
    await expect(enter('boss@a.example', 'from the settings')).resolves.toBeDefined();
    configure({ email: 'boss@a.example', password: 'another password' });
    await ensureInitialUser();
    expect(await refusalOf(enter('boss@a.example', 'another password'))).toBe(
      'unauthenticated/bad_credentials',
    );
  });

  it('stops the start when it makes no sense', async () => {
    configure({ email: 'nonsense' });
    await expect(ensureInitialUser()).rejects.toThrow('chat.initialUser.email');
    configure({ email: 'a@b.example', password: 'short' });
    await expect(ensureInitialUser()).rejects.toThrow('chat.initialUser.password');
    configure({});
  });
});
