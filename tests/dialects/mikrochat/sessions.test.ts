import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { tokenSecret } from '#server/auth/token-secret';
import { mailedRequestsSettled } from '#server/domain/sign-in/mailed-requests';
import { advanceClock, holdClock, releaseClock } from '#server/platform/clock';
import { loginSettings } from '#server/platform/settings';
import { MikrochatClient, PASSWORD, register, signIn, type TokenPair } from '#tests/support/mikrochat-client';
import { withMikrochatPeople } from '#tests/support/mikrochat-people';
import { signUp } from '#tests/support/minimost-client';
import { mailedLink, mailsTo } from '#tests/support/outbox';
import { changeSettingsFile } from '#tests/support/settings';

const people = withMikrochatPeople();
const visitor = () => new MikrochatClient(people.door);
const pairIn = (text: string) => JSON.parse(text) as TokenPair;

afterEach(() => {
  releaseClock();
  changeSettingsFile({ auth: {} } as never);
});

const mode = (authMode: string, more: object = {}) =>
  changeSettingsFile({ auth: { authMode, ...more } } as never);

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const decoded = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString());

describe('signing in by password', () => {
  test('MK-05 answers a pair, 401 for the wrong one, 400 for none', async () => {
    const answer = await visitor().ask('POST', '/auth/password-login', {
      email: ' BOB@example.org ',
      password: PASSWORD,
    });
    expect(answer.status).toBe(200);
    expect(pairIn(answer.text)).toEqual({
      accessToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      refreshToken: expect.stringMatching(/^[0-9a-f]{80}$/),
      exp: 900,
      tokenType: 'Bearer',
    });
    const unknown = await visitor().ask('POST', '/auth/password-login', {
      email: 'no@example.org',
      password: PASSWORD,
    });
    const wrong = await visitor().ask('POST', '/auth/password-login', {
      email: 'bob@example.org',
      password: 'wrong one',
    });
    expect([unknown.status, wrong.status]).toEqual([401, 401]);
    expect(unknown.text).toBe(wrong.text);
    for (const body of [
      undefined,
      {},
      { email: 'bob@example.org' },
      { password: PASSWORD },
      { email: 1, password: 2 },
      '{',
      '[]',
    ]) {
      expect(await visitor().statusOf('POST', '/auth/password-login', body)).toBe(400);
    }
  });

  test('takes the username of people who have given no address', async () => {
    const signedUp = await signUp(people.door, 'Web-Person', PASSWORD);
    await signedUp.say('general', 'from another face');
    const client = await signIn(people.door, 'web-person');
    expect(client.userName).toBe('Web-Person');
    const { user } = await client.read<{ user: { email: string } }>('/auth/me');
    expect(user.email).toBe('');
    expect(decoded(client.tokens.accessToken.split('.')[1]).sub).toBe('Web-Person');
  });

  test('MK-06 the access token is a JWT that a client can read', async () => {
    const client = await signIn(people.door, 'bob@example.org');
    const parts = client.tokens.accessToken.split('.');
    expect(parts.length).toBe(3);
    expect(decoded(parts[0]).alg).toBe('HS256');
    const claims = decoded(parts[1]);
    expect(claims).toMatchObject({
      sub: 'bob@example.org',
      username: 'bob',
      role: 'user',
      jti: expect.stringMatching(/^[0-9a-f]{32}$/),
      lastLogin: expect.any(Number),
      metadata: { ip: expect.any(String) },
    });
    expect(claims.exp - claims.iat).toBe(900);
  });

  test('MK-03 no forged, foreign, unsigned or expired token gets in', async () => {
    const client = await signIn(people.door, 'bob@example.org');
    const [head = '', body = '', signature = ''] = client.tokens.accessToken.split('.');
    const signed = (header: object, payload: object, key: Uint8Array | string) => {
      const content = `${encoded(header)}.${encoded(payload)}`;
      return `${content}.${createHmac('sha256', key).update(content).digest('base64url')}`;
    };
    const claims = decoded(body);
    const key = tokenSecret();
    const bad = [
      'garbage',
      'a.b.c',
      `${head}.${body}.`,
      `${head}.${body}.${signature.slice(0, -2)}xx`,
      `${encoded({ alg: 'none', typ: 'at+jwt' })}.${body}.`,
      signed(decoded(head), claims, 'another key, long enough to be one'),
      signed({ ...decoded(head), alg: 'HS512' }, claims, key),
      signed({ ...decoded(head), typ: 'JWT' }, claims, key),
      signed(decoded(head), { ...claims, aud: 'messenger' }, key),
      signed(decoded(head), { ...claims, exp: claims.iat - 1 }, key),
      signed(decoded(head), { ...claims, uid: 999_999 }, key),
      client.tokens.refreshToken,
      'x'.repeat(5_000),
    ];
    // the key is the right one, or none of these would mean anything
    const good = signed(decoded(head), claims, key);
    for (const token of [...bad, good]) {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await people.door.ask({ method: 'GET', path: '/auth/me', headers });
      expect(answer.status, token.slice(0, 80)).toBe(token === good ? 200 : 401);
      if (token !== good) expect(JSON.parse(answer.text).error).toMatch(/./);
    }
    for (const authorization of ['Bearer', 'Bearer ', 'Basic abc', client.tokens.accessToken, 'bearer x y']) {
      expect(
        (await people.door.ask({ method: 'GET', path: '/auth/me', headers: { authorization } })).status,
      ).toBe(401);
    }
    holdClock();
    advanceClock(901 * 1_000_000);
    expect(await client.statusOf('GET', '/auth/me')).toBe(401);
  });

  test('MK-07 a refresh token brings access tokens and stays as it is, five times at once', async () => {
    const client = await signIn(people.door, 'bob@example.org');
    const { refreshToken } = client.tokens;
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => visitor().ask('POST', '/auth/refresh', { refreshToken })),
    );
    for (const answer of answers) {
      expect(pairIn(answer.text)).toEqual({
        accessToken: expect.any(String),
        refreshToken,
        exp: 900,
        tokenType: 'Bearer',
      });
      client.tokens = pairIn(answer.text);
      expect(await client.statusOf('GET', '/auth/me')).toBe(200);
    }
    expect(await visitor().statusOf('POST', '/auth/refresh', { refreshToken: 'f'.repeat(80) })).toBe(401);
    expect(
      await visitor().statusOf('POST', '/auth/refresh', { refreshToken: client.tokens.accessToken }),
    ).toBe(401);
    expect(await visitor().statusOf('POST', '/auth/refresh', {})).toBe(400);
  });

  test('MK-08 signing out ends the session, and may be done again', async () => {
    const client = await signIn(people.door, 'bob@example.org');
    const { refreshToken } = client.tokens;
    expect(await client.statusOf('POST', '/auth/logout', {})).toBe(400);
    expect(await visitor().statusOf('POST', '/auth/logout', { refreshToken })).toBe(401);
    for (let time = 0; time < 2; time++) {
      expect(await client.call('POST', '/auth/logout', { refreshToken })).toEqual({
        message: expect.any(String),
      });
      expect(await visitor().statusOf('POST', '/auth/refresh', { refreshToken })).toBe(401);
    }
  });

  test('MK-09 the fourth session is the end of the first', async () => {
    const dora = await register(people.door, 'dora@example.org');
    const clients = [dora];
    for (let time = 0; time < 3; time++) clients.push(await signIn(people.door, 'dora@example.org'));
    const refresh = ({ tokens }: MikrochatClient) =>
      visitor().statusOf('POST', '/auth/refresh', { refreshToken: tokens.refreshToken });
    expect(await Promise.all(clients.map(refresh))).toEqual([401, 200, 200, 200]);
    // the access token of a session that has gone lives until it expires
    expect(await dora.statusOf('GET', '/auth/me')).toBe(200);
  });

  test('MK-16 whoever is signed in is told who they are, and nothing secret', async () => {
    const answer = await people.bob.ask('GET', '/auth/me');
    expect(JSON.parse(answer.text)).toEqual({
      user: {
        id: people.bob.id,
        userName: 'bob',
        email: 'bob@example.org',
        isAdmin: false,
        createdAt: expect.any(Number),
      },
    });
    expect(answer.text).not.toMatch(/hash|password/i);
  });

  test('MK-17 sessions are one’s own, listed without their secrets, and ended but for one', async () => {
    const ella = await register(people.door, 'ella@example.org');
    const other = await signIn(people.door, 'ella@example.org');
    type Session = { id: string; isCurrentSession: boolean; createdAt: number; metadata: object };
    const list = async (client: MikrochatClient) =>
      (await client.read<{ sessions: Session[] }>('/auth/sessions')).sessions;
    const sessions = await list(ella);
    expect(sessions.map(({ id }) => id)).toEqual(
      [other, ella].map(({ tokens }) => `${tokens.refreshToken.slice(0, 8)}...`),
    );
    expect(sessions.map(({ isCurrentSession }) => isCurrentSession)).toEqual([false, true]);
    expect(sessions[0]).toMatchObject({
      lastLogin: expect.any(Number),
      lastUsed: expect.any(Number),
      metadata: {},
    });
    await ella.call('DELETE', '/auth/sessions', { refreshToken: other.tokens.refreshToken });
    expect((await list(other)).map(({ isCurrentSession }) => isCurrentSession)).toEqual([true]);
    const { refreshToken } = ella.tokens;
    expect(await visitor().statusOf('POST', '/auth/refresh', { refreshToken })).toBe(401);
    await other.call('DELETE', '/auth/sessions');
    expect(await list(other)).toEqual([]);
  });
});

describe('an account of one’s own', () => {
  test('MK-10 is made once for an address, with a password of eight, unless invitations are needed', async () => {
    const count = async () => (await people.ann.read<{ users: object[] }>('/users')).users.length;
    const before = await count();
    for (const body of [
      { email: 'bob@example.org', password: PASSWORD },
      { email: 'BOB@EXAMPLE.ORG', password: PASSWORD },
      { email: 'nonsense', password: PASSWORD },
      { email: 'a@b@c', password: PASSWORD },
      { email: '', password: PASSWORD },
      { email: 'seven@example.org', password: '1234567' },
      { email: 'seven@example.org' },
      { password: PASSWORD },
      {},
    ]) {
      expect(await visitor().statusOf('POST', '/auth/register', body), JSON.stringify(body)).toBe(400);
    }
    expect(await count()).toBe(before);
    mode('password', { isInviteRequired: true });
    const body = { email: 'late@example.org', password: PASSWORD };
    expect(await visitor().statusOf('POST', '/auth/register', body)).toBe(404);
    expect(await count()).toBe(before);
    expect(
      await visitor().statusOf('POST', '/auth/password-login', {
        email: 'bob@example.org',
        password: PASSWORD,
      }),
    ).toBe(200);
  });
});

describe('a password by mail', () => {
  test('MK-11 asking for it tells nobody whether there is an account', async () => {
    const [known, unknown, nonsense] = await Promise.all(
      ['bob@example.org', 'nobody@example.org', 'nonsense'].map((email) =>
        visitor().ask('POST', '/auth/request-password-reset', { email }),
      ),
    );
    expect([known?.status, unknown?.status, nonsense?.status]).toEqual([200, 200, 200]);
    expect(known?.text).toBe(unknown?.text);
    expect(JSON.parse(known?.text ?? '')).toEqual({ success: true, message: expect.any(String) });
    expect(await visitor().statusOf('POST', '/auth/request-password-reset', {})).toBe(400);
  });

  test('MK-12 is set once by the token of the mail, in the body or as Bearer', async () => {
    await register(people.door, 'forgetful@example.org');
    const linkFor = async (email: string) => {
      await visitor().call('POST', '/auth/request-password-reset', { email });
      await mailedRequestsSettled();
      return mailedLink(email);
    };
    const email = 'forgetful@example.org';
    const setup = (body: object, token?: string) =>
      visitor().ask('POST', '/auth/setup-password', body, token ? { authorization: `Bearer ${token}` } : {});
    const first = await linkFor(email);
    expect((await setup({ email, password: 'new password', token: 'f'.repeat(64) })).status).toBe(400);
    expect((await setup({ email, password: 'new password' })).status).toBe(400);
    expect(
      (await setup({ email: 'bob@example.org', password: 'new password', token: first.token })).status,
    ).toBe(400);
    expect((await setup({ email, password: 'short', token: first.token })).status).toBe(400);
    const done = await setup({ email, password: 'new password', token: first.token });
    expect(pairIn(done.text)).toMatchObject({ exp: 900, tokenType: 'Bearer' });
    expect((await setup({ email, password: 'once more!', token: first.token })).status).toBe(400);
    const second = await linkFor(email);
    expect((await setup({ email, password: 'newer password' }, second.token)).status).toBe(200);
    expect((await signIn(people.door, email, 'newer password')).userName).toBe('forgetful');
  });
});

describe('the ways in', () => {
  const routes = [
    '/auth/dev-login',
    '/auth/login',
    '/auth/verify',
    '/auth/password-login',
    '/auth/setup-password',
    '/auth/request-password-reset',
    '/auth/register',
  ];
  const ask = (path: string) =>
    visitor().statusOf('POST', path, { email: 'bob@example.org', password: PASSWORD, token: 'x' });

  test('MK-13 of another mode are not there', async () => {
    const there = async () => (await Promise.all(routes.map(ask))).map((status) => status !== 404);
    expect(await there()).toEqual([false, false, false, true, true, true, true]);
    mode('magic-link');
    expect(await there()).toEqual([false, true, true, false, false, false, false]);
    mode('dev');
    expect(await there()).toEqual([true, false, false, false, false, false, false]);
  });

  test('MK-14 without proof let anybody in, or only the invited', async () => {
    mode('dev');
    const answer = await visitor().ask('POST', '/auth/dev-login', { email: 'Dev@example.org' });
    const { user, token } = JSON.parse(answer.text);
    expect(user).toMatchObject({ userName: 'dev', email: 'dev@example.org', isAdmin: false });
    expect(answer.text).not.toMatch(/hash/i);
    const headers = { authorization: `Bearer ${token}` };
    const me = await people.door.ask({ method: 'GET', path: '/auth/me', headers });
    expect(JSON.parse(me.text).user.id).toBe(user.id);
    const sessions = await people.door.ask({ method: 'GET', path: '/auth/sessions', headers });
    expect(JSON.parse(sessions.text)).toEqual({ sessions: [] });
    const claims = decoded(token.split('.')[1]);
    expect(claims).toMatchObject({ sub: user.id, email: 'dev@example.org' });
    expect(claims.exp - claims.iat).toBe(86_400);
    for (const body of [{}, { email: 'nonsense' }]) {
      expect(await visitor().statusOf('POST', '/auth/dev-login', body)).toBe(400);
    }
    mode('dev', { isInviteRequired: true });
    const unknown = await visitor().ask('POST', '/auth/dev-login', { email: 'uninvited@example.org' });
    expect([unknown.status, typeof JSON.parse(unknown.text).error]).toEqual([401, 'string']);
    expect(await visitor().statusOf('POST', '/auth/dev-login', { email: 'dev@example.org' })).toBe(200);
  });

  test('MK-15 by mail are the same for everybody, and work once', async () => {
    mode('magic-link', { isInviteRequired: true });
    const [known, unknown] = await Promise.all(
      ['bob@example.org', 'nobody@example.org'].map((email) =>
        visitor().ask('POST', '/auth/login', { email }),
      ),
    );
    expect([known?.status, known?.text]).toEqual([200, unknown?.text]);
    expect(await visitor().statusOf('POST', '/auth/login', {})).toBe(400);
    await mailedRequestsSettled();
    expect(await mailsTo('nobody@example.org')).toEqual([]);
    const { token } = await mailedLink('bob@example.org');
    const verify = (email: string, given: string) =>
      visitor().ask('POST', '/auth/verify', { email }, { authorization: `Bearer ${given}` });
    expect((await verify('ann@example.org', token)).status).toBe(400);
    expect((await verify('bob@example.org', 'f'.repeat(64))).status).toBe(400);
    expect(await visitor().statusOf('POST', '/auth/verify', { email: 'bob@example.org' })).toBe(400);
    const done = await verify('bob@example.org', token);
    expect(pairIn(done.text)).toMatchObject({ exp: 900, tokenType: 'Bearer' });
    expect((await verify('bob@example.org', token)).status).toBe(400);
    mode('magic-link');
    await visitor().call('POST', '/auth/login', { email: 'newcomer@example.org' });
    await mailedRequestsSettled();
    const link = await mailedLink('newcomer@example.org');
    expect((await verify('newcomer@example.org', link.token)).status).toBe(200);
  });

  test('MK-20 are told to everybody, under two names', async () => {
    const config = async (path: string) => JSON.parse((await visitor().ask('GET', path)).text);
    expect(await config('/config.json')).toEqual({
      auth: {
        mode: 'password',
        hasEmail: false,
        isInviteRequired: false,
        oauthEnabled: false,
        passwordResetEnabled: false,
        registrationEnabled: true,
        routes: expect.objectContaining({ passwordLogin: '/auth/password-login', verify: '/auth/verify' }),
      },
    });
    for (const one of ['magic-link', 'dev', 'password']) {
      mode(one, { isInviteRequired: true });
      const told = await config('/auth/config');
      expect(told.auth).toMatchObject({ mode: one, isInviteRequired: true, registrationEnabled: false });
      expect(await config('/config.json')).toEqual(told);
    }
    expect(loginSettings().auth.authMode).toBe('password');
  });
});
