import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signIn } from '#server/domain/accounts/sign-in';
import { signUp } from '#server/domain/accounts/sign-up';
import type { Device } from '#server/domain/sessions/session';
import { register } from '#server/domain/sign-in/register';
import { signInByEmail } from '#server/domain/sign-in/sign-in-by-email';
import { prisma } from '#server/platform/database';
import { eventsOf } from '#tests/support/events';
import { BROWSER, newcomer, openChannels, PASSWORD } from '#tests/support/people';
import { refusalOf } from '#tests/support/refusals';
import { changeSettingsFile } from '#tests/support/settings';

const CLIENT: Device = { face: 'mikrochat', userAgent: 'client/1', ip: '127.0.0.1' };

const join = (email: string, password = 'password') => register({ email, password }, CLIENT);
const enter = (email: string, password = 'password') => signInByEmail({ email, password }, CLIENT);
const everything = async () => ({
  accounts: await prisma.account.count(),
  sessions: await prisma.session.count(),
  events: await prisma.event.count(),
});

beforeAll(() => openChannels('general'));
beforeEach(() => changeSettingsFile({ auth: {} }));

describe('registering', () => {
  it('makes an account for an address in any spelling, and signs in', async () => {
    const { account, session } = await join('  Ann.B@Example.COM ');
    expect(account).toMatchObject({ username: 'ann-b', displayName: 'ann.b', role: 'owner' });
    expect(session.token).toMatch(/^[0-9a-f]{80}$/);
    const row = await prisma.account.findUniqueOrThrow({ where: { id: account.id } });
    expect(row).toMatchObject({ email: 'ann.b@example.com', emailProvenAt: null });
    expect((await enter('ANN.B@example.com')).account.id).toBe(account.id);
  });

  it('gives a name that is taken, or Parley’s own, a number', async () => {
    await newcomer('Bob');
    expect((await join('bob@a.example')).account).toMatchObject({ username: 'bob-2', displayName: null });
    expect((await join('bob@b.example')).account).toMatchObject({ username: 'bob-3', displayName: null });
    expect((await join('system@a.example')).account).toMatchObject({ username: 'system-2' });
    expect((await join(`${'x'.repeat(40)}@a.example`)).account).toMatchObject({
      username: 'x'.repeat(32),
      displayName: 'x'.repeat(40),
    });
    expect((await join(`${'x'.repeat(41)}@a.example`)).account.username).toBe(`${'x'.repeat(30)}-2`);
    expect((await join('_@a.example')).account.username).toBe('_');
  });

  it('tells everybody', async () => {
    const events = await eventsOf(() => join('carol@a.example'));
    expect(events.map(({ type }) => type)).toEqual(['message_sent', 'account_created']);
  });

  it.each([
    ['', 'password', 'invalid/email'],
    ['nobody', 'password', 'invalid/email'],
    ['a@b', 'password', 'invalid/email'],
    ['a@b.example\0', 'password', 'invalid/email'],
    [`${'a'.repeat(250)}@b.example`, 'password', 'invalid/email'],
    ['dave@a.example', '1234567', 'invalid/password_too_short'],
    ['dave@a.example', 'x'.repeat(1025), 'invalid/password_too_long'],
    ['Carol@A.example', 'password', 'conflict/email_taken'],
  ])('refuses %j with %j and leaves nothing behind', async (email, password, refusal) => {
    const before = await everything();
    expect(await refusalOf(join(email, password))).toBe(refusal);
    expect(await everything()).toEqual(before);
  });

  it('makes one account of two for the same address at once, and two of two alike', async () => {
    const same = await Promise.allSettled([join('erin@a.example'), join('ERIN@a.example')]);
    expect(same.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(same.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { reason: 'email_taken' },
    });
    const alike = await Promise.all(['a', 'b', 'c', 'd'].map((host) => join(`frank@${host}.example`)));
    expect(alike.map(({ account }) => account.username).sort()).toEqual([
      'frank',
      'frank-2',
      'frank-3',
      'frank-4',
    ]);
  });

  it('does not exist where people need an invitation or no password', async () => {
    changeSettingsFile({ auth: { isInviteRequired: true } });
    expect(await refusalOf(join('gina@a.example'))).toBe('not_found/sign_in_way');
    changeSettingsFile({ auth: { authMode: 'magic-link' } });
    expect(await refusalOf(join('gina@a.example'))).toBe('not_found/sign_in_way');
  });
});

describe('signing in by address', () => {
  it('takes a username as well, and the web app an address', async () => {
    const person = await newcomer('henry');
    expect((await enter('HENRY', PASSWORD)).account.id).toBe(person.accountId);
    const { account } = await join('iris@a.example', PASSWORD);
    const typed = { username: ' Iris@a.example', password: PASSWORD };
    expect((await signIn(typed, BROWSER)).account.id).toBe(account.id);
  });

  it('refuses a wrong password, an unknown address and an account without a password alike', async () => {
    await join('judy@a.example');
    await prisma.account.create({ data: { username: 'mute', email: 'mute@a.example', createdAt: 0 } });
    for (const email of ['judy@a.example', 'nobody@a.example', 'mute@a.example', '', '\0']) {
      expect(await refusalOf(enter(email, 'wrong password'))).toBe('unauthenticated/bad_credentials');
    }
  });

  it('is limited to ten in fifteen minutes for one address from one place', async () => {
    const far: Device = { ...CLIENT, ip: '192.0.2.9' };
    const attempt = (email: string, device = far) =>
      refusalOf(signInByEmail({ email, password: 'x'.repeat(1025) }, device));
    for (let time = 0; time < 10; time++) {
      expect(await attempt('target@a.example')).toBe('unauthenticated/bad_credentials');
    }
    expect(await attempt(' Target@a.example')).toBe('rate_limited/too_many_attempts');
    expect(await attempt('other@a.example')).toBe('unauthenticated/bad_credentials');
    expect(await attempt('target@a.example', CLIENT)).toBe('unauthenticated/bad_credentials');
  });

  it('does not exist in another mode', async () => {
    changeSettingsFile({ auth: { authMode: 'magic-link' } });
    expect(await refusalOf(enter('judy@a.example'))).toBe('not_found/sign_in_way');
    // the login page still takes passwords
    await newcomer('kate');
    await expect(signIn({ username: 'kate', password: PASSWORD }, BROWSER)).resolves.toBeDefined();
  });
});

describe('where only the invited may come', () => {
  const join = (username: string) =>
    signUp({ username, password: PASSWORD, confirmation: PASSWORD }, BROWSER);

  it('nobody signs up any more, and nothing is left of trying', async () => {
    changeSettingsFile({ auth: { isInviteRequired: true } });
    const before = await everything();
    expect(await refusalOf(join('larry'))).toBe('forbidden/invite_required');
    expect(await everything()).toEqual(before);
    changeSettingsFile({ auth: {} });
    await expect(join('larry')).resolves.toBeDefined();
  });
});
