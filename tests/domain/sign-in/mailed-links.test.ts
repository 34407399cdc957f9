import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actorOfAccessToken, tokenPairOf } from '#server/auth/access-token';
import type { Device } from '#server/domain/sessions/session';
import { devAccount, devSignIn } from '#server/domain/sign-in/dev-sign-in';
import { requestMagicLink, verifyMagicLink } from '#server/domain/sign-in/magic-link';
import { requestPasswordReset, setupPassword } from '#server/domain/sign-in/password-reset';
import { register } from '#server/domain/sign-in/register';
import { signInByEmail } from '#server/domain/sign-in/sign-in-by-email';
import { advanceClock, holdClock, releaseClock } from '#server/platform/clock';
import { prisma } from '#server/platform/database';
import { env } from '#server/platform/env';
import { mailedLink, mailsTo } from '#tests/support/outbox';
import { BROWSER, openChannels } from '#tests/support/people';
import { refusalOf } from '#tests/support/refusals';
import { changeSettingsFile } from '#tests/support/settings';

const CLIENT: Device = { face: 'mikrochat', userAgent: 'client/1', ip: '127.0.0.1' };
const MINUTE = 60_000_000;

const join = (email: string) => register({ email, password: 'password' }, CLIENT);
const setup = (link: { email: string; token: string }, password = 'new password', device = CLIENT) =>
  setupPassword({ ...link, password }, device);

/** What a request to mail something answers, which is nothing, or its refusal. */
const asking = async (ask: () => void) => ask();

beforeAll(async () => {
  await openChannels('general');
  await register({ email: 'owner@a.example', password: 'password' }, CLIENT);
});

describe('a magic link', () => {
  const ask = (email: string, device = CLIENT) => requestMagicLink({ email }, device);
  const verify = (link: { email: string; token: string }) => verifyMagicLink(link, CLIENT);
  beforeEach(() => changeSettingsFile({ auth: { authMode: 'magic-link' } }));

  it('makes an account for somebody new, whose address is thereby proven', async () => {
    ask(' New@a.example ');
    const link = await mailedLink('new@a.example');
    expect(link.token).toMatch(/^[0-9a-f]{64}$/);
    expect(link.url.href).toMatch(/^http:\/\/127\.0\.0\.1:3000\/login\/link\?/);
    const { account, session } = await verify(link);
    expect(account).toMatchObject({ username: 'new' });
    expect(await tokenPairOf(session)).toMatchObject({ exp: 900 });
    const row = await prisma.account.findUniqueOrThrow({ where: { id: account.id } });
    expect(row).toMatchObject({ passwordHash: null, emailProvenAt: expect.any(BigInt) });
    ask('new@a.example');
    expect((await verify(await mailedLink('new@a.example'))).account.id).toBe(account.id);
  });

  it('works once, of two at once for exactly one', async () => {
    ask('once@a.example');
    const link = await mailedLink('once@a.example');
    const outcomes = await Promise.allSettled([verify(link), verify(link), verify(link)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await refusalOf(verify(link))).toBe('invalid/token');
  });

  it('works for its own address only, and only the newest', async () => {
    ask('first@a.example');
    const older = await mailedLink('first@a.example');
    expect(await refusalOf(verify({ ...older, email: 'owner@a.example' }))).toBe('invalid/token');
    ask('first@a.example');
    const newer = await mailedLink('first@a.example');
    expect(await refusalOf(verify(older))).toBe('invalid/token');
    await expect(verify(newer)).resolves.toBeDefined();
  });

  it('stops working after a quarter of an hour', async () => {
    holdClock();
    ask('late@a.example');
    const link = await mailedLink('late@a.example');
    advanceClock(15 * MINUTE);
    expect(await refusalOf(verify(link))).toBe('invalid/token');
    releaseClock();
  });

  it.each(['', 'x', '\0', 'a'.repeat(64)])('is refused with the token %j', async (token) => {
    expect(await refusalOf(verify({ email: 'owner@a.example', token }))).toBe('invalid/token');
  });

  it('is asked for with the same answer whoever asks; only the invited are mailed if that is asked', async () => {
    changeSettingsFile({ auth: { authMode: 'magic-link', isInviteRequired: true } });
    for (const email of ['owner@a.example', 'stranger@a.example', 'nonsense', '', '\0']) {
      await expect(asking(() => ask(email))).resolves.toBeUndefined();
    }
    expect(await mailsTo('stranger@a.example')).toEqual([]);
    expect(await mailsTo('owner@a.example')).toHaveLength(1);
  });

  it('leads nobody in who was asked away meanwhile', async () => {
    ask('toolate@a.example');
    const link = await mailedLink('toolate@a.example');
    changeSettingsFile({ auth: { authMode: 'magic-link', isInviteRequired: true } });
    expect(await refusalOf(verify(link))).toBe('forbidden/invite_required');
    expect(await prisma.account.count({ where: { email: 'toolate@a.example' } })).toBe(0);
  });

  it('ends what somebody else opened with a password before its owner came', async () => {
    changeSettingsFile({ auth: {} });
    const squatter = await join('victim@a.example');
    const { accessToken } = await tokenPairOf(squatter.session);
    changeSettingsFile({ auth: { authMode: 'magic-link' } });
    ask('victim@a.example');
    const { account } = await verify(await mailedLink('victim@a.example'));
    expect(account.id).toBe(squatter.account.id);
    expect(await actorOfAccessToken(accessToken)).toBeNull();
    changeSettingsFile({ auth: {} });
    expect(await refusalOf(signInByEmail({ email: 'victim@a.example', password: 'password' }, CLIENT))).toBe(
      'unauthenticated/bad_credentials',
    );
  });

  it('goes to the client of who asked there, and does not exist in another mode', async () => {
    changeSettingsFile({ auth: { authMode: 'magic-link', appUrl: 'https://client.example' } });
    ask('a+b@a.example');
    expect((await mailedLink('a+b@a.example')).url.href).toMatch(
      /^https:\/\/client\.example\/\?token=[0-9a-f]{64}&email=a%2Bb%40a\.example$/,
    );
    ask('web@a.example', BROWSER);
    expect((await mailedLink('web@a.example')).url.pathname).toBe('/login/link');
    changeSettingsFile({ auth: {} });
    expect(await refusalOf(asking(() => ask('a@a.example')))).toBe('not_found/sign_in_way');
    expect(await refusalOf(verify({ email: 'a@a.example', token: '' }))).toBe('not_found/sign_in_way');
  });

  it('is mailed to one mailbox ten times in an hour, whoever asks from wherever', async () => {
    for (let at = 0; at < 12; at++) ask('flooded@a.example', { ...CLIENT, ip: `192.0.2.${at}` });
    expect(await mailsTo('flooded@a.example')).toHaveLength(10);
  });
});

describe('a link to set a password', () => {
  const ask = (email: string) => requestPasswordReset({ email }, CLIENT);
  beforeEach(() => changeSettingsFile({ auth: {} }));

  it('replaces the password, and ends everything opened with the old one', async () => {
    const { account, session } = await join('alice@a.example');
    const { accessToken } = await tokenPairOf(session);
    ask('alice@a.example');
    const again = await setup(await mailedLink('alice@a.example'));
    expect(again.account.id).toBe(account.id);
    expect(await actorOfAccessToken(accessToken)).toBeNull();
    await expect(tokenPairOf(session)).rejects.toMatchObject({ reason: 'session' });
    expect(await actorOfAccessToken((await tokenPairOf(again.session)).accessToken)).not.toBeNull();
    const enter = (password: string) => signInByEmail({ email: 'alice@a.example', password }, CLIENT);
    expect(await refusalOf(enter('password'))).toBe('unauthenticated/bad_credentials');
    await expect(enter('new password')).resolves.toBeDefined();
  });

  it('works once, of several at once for exactly one, and not at all after a newer one', async () => {
    await join('bob@a.example');
    ask('bob@a.example');
    const older = await mailedLink('bob@a.example');
    ask('bob@a.example');
    const link = await mailedLink('bob@a.example');
    expect(await refusalOf(setup(older))).toBe('invalid/token');
    const outcomes = await Promise.allSettled([setup(link), setup(link), setup(link)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await refusalOf(setup(link))).toBe('invalid/token');
  });

  it('is not used up by a password that will not do; the web app is stricter', async () => {
    await join('carol@a.example');
    ask('carol@a.example');
    const link = await mailedLink('carol@a.example');
    expect(await refusalOf(setup(link, '1234567'))).toBe('invalid/password_too_short');
    expect(await refusalOf(setup(link, 'x'.repeat(1025)))).toBe('invalid/password_too_long');
    expect(await refusalOf(setup(link, 'new password', BROWSER))).toBe('invalid/password_no_digit');
    await expect(setup(link)).resolves.toBeDefined();
  });

  it('unlocks, because its owner is known', async () => {
    await join('dave@a.example');
    const enter = (password: string) => signInByEmail({ email: 'dave@a.example', password }, CLIENT);
    for (let time = 0; time < 5; time++) await refusalOf(enter('wrong'));
    expect(await refusalOf(enter('password'))).toBe('unauthenticated/account_locked');
    ask('dave@a.example');
    await setup(await mailedLink('dave@a.example'));
    await expect(enter('new password')).resolves.toBeDefined();
  });

  it('is asked for with the same answer whoever asks, and mailed to those who exist', async () => {
    for (const email of ['owner@a.example', 'nobody@a.example', 'nonsense', '', '\0']) {
      await expect(asking(() => ask(email))).resolves.toBeUndefined();
    }
    expect(await mailsTo('owner@a.example')).not.toEqual([]);
    expect(await mailsTo('nobody@a.example')).toEqual([]);
  });

  it('cannot be used to sign in, nor a link to sign in to set a password', async () => {
    await join('erin@a.example');
    ask('erin@a.example');
    const link = await mailedLink('erin@a.example');
    changeSettingsFile({ auth: { authMode: 'magic-link' } });
    expect(await refusalOf(verifyMagicLink(link, CLIENT))).toBe('invalid/token');
    requestMagicLink({ email: 'erin@a.example' }, CLIENT);
    const magic = await mailedLink('erin@a.example');
    changeSettingsFile({ auth: {} });
    expect(await refusalOf(setup(magic))).toBe('invalid/token');
  });

  it('says so when the account has gone meanwhile', async () => {
    const { account } = await join('frank@a.example');
    ask('frank@a.example');
    const link = await mailedLink('frank@a.example');
    await prisma.account.update({ where: { id: account.id }, data: { email: null, deletedAt: 1 } });
    expect(await refusalOf(setup(link))).toBe('not_found/account');
  });

  it('leads to the client’s page for it where there is one', async () => {
    changeSettingsFile({ auth: { appUrl: 'https://client.example' } });
    await join('gina@a.example');
    ask('gina@a.example');
    expect((await mailedLink('gina@a.example')).url.pathname).toBe('/reset');
  });
});

describe('dev mode', () => {
  beforeEach(() => changeSettingsFile({ auth: { authMode: 'dev' } }));

  it('believes any address', async () => {
    const account = await devAccount({ email: 'Dev@a.example' });
    expect(account).toMatchObject({ username: 'dev' });
    expect((await devSignIn({ email: 'dev@a.example' }, BROWSER)).account.id).toBe(account.id);
    expect(await refusalOf(devAccount({ email: 'dev' }))).toBe('invalid/email');
  });

  it('still lets in the invited only, where that is asked', async () => {
    changeSettingsFile({ auth: { authMode: 'dev', isInviteRequired: true } });
    expect(await refusalOf(devAccount({ email: 'stranger@a.example' }))).toBe('unauthenticated/not_invited');
    await expect(devAccount({ email: 'dev@a.example' })).resolves.toBeDefined();
  });

  it('is none in production, whatever the settings say', async () => {
    env().NODE_ENV = 'production';
    expect(await refusalOf(devAccount({ email: 'dev@a.example' }))).toBe('not_found/sign_in_way');
    env().NODE_ENV = 'test';
    changeSettingsFile({ auth: {} });
    expect(await refusalOf(devAccount({ email: 'dev@a.example' }))).toBe('not_found/sign_in_way');
  });
});
