import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  actorOfAccessToken,
  bearerActor,
  claimsOfAccessToken,
  devTokenOf,
  tokenPairOf,
} from '#server/auth/access-token';
import { tokenSecret } from '#server/auth/token-secret';
import { changePassword } from '#server/domain/accounts/change-password';
import { deleteAccount } from '#server/domain/accounts/delete-account';
import { setRole } from '#server/domain/accounts/set-role';
import type { Actor } from '#server/domain/kernel/actor';
import { transaction } from '#server/domain/kernel/transaction';
import { endOtherSessions } from '#server/domain/sessions/end-sessions';
import { openSession } from '#server/domain/sessions/open-session';
import { refreshSession } from '#server/domain/sessions/refresh-session';
import type { OpenedSession } from '#server/domain/sessions/session';
import { signOutToken } from '#server/domain/sessions/sign-out';
import { advanceClock, holdClock, now, releaseClock } from '#server/platform/clock';
import { prisma } from '#server/platform/database';
import { newcomer, openChannels, PASSWORD } from '#tests/support/people';

const CLIENT = { face: 'mikrochat', userAgent: 'client/1', ip: '192.0.2.1' } as const;

let owner: Actor;

beforeAll(async () => {
  await openChannels('general');
  owner = await newcomer('olivia');
});

/** Somebody with a client that has just signed in. */
async function client(username: string) {
  const person = await newcomer(username);
  const session = await transaction((db) => openSession(db, person.accountId, CLIENT));
  return { person, session, ...(await tokenPairOf(session)) };
}

const part = (token: string, at: number) =>
  JSON.parse(Buffer.from(token.split('.')[at] ?? '', 'base64url').toString());
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a token pair', () => {
  it('is a signed token of three parts, with what clients read in it', async () => {
    const { person, session, ...pair } = await client('alice');
    await prisma.account.update({ where: { id: person.accountId }, data: { email: 'alice@x.example' } });
    const { accessToken, ...rest } = await tokenPairOf(session);
    expect(rest).toEqual({ refreshToken: session.token, exp: 900, tokenType: 'Bearer' });
    expect(pair.refreshToken).toBe(session.token);
    expect(part(accessToken, 0)).toEqual({ alg: 'HS256', typ: 'at+jwt' });
    const claims = part(accessToken, 1);
    expect(claims).toMatchObject({
      sub: 'alice@x.example',
      username: 'alice',
      role: 'user',
      jti: expect.stringMatching(/^[0-9a-f]{32}$/),
      metadata: { ip: '192.0.2.1' },
      uid: person.accountId,
      sid: session.id,
    });
    expect(claims.exp - claims.iat).toBe(900);
    expect(Math.abs(claims.lastLogin - Date.now())).toBeLessThan(60_000);
  });

  it('stands for its account, its session and its face', async () => {
    const { person, session, accessToken } = await client('bob');
    expect(await bearerActor(new Headers({ authorization: `Bearer ${accessToken}` }))).toEqual({
      accountId: person.accountId,
      username: 'bob',
      role: 'member',
      sessionId: session.id,
      face: 'mikrochat',
    });
    expect(await bearerActor(new Headers({ authorization: `bearer  ${accessToken} ` }))).not.toBeNull();
    for (const header of [accessToken, `Basic ${accessToken}`, 'Bearer', 'Bearer ', `Bearer a b`]) {
      expect(await bearerActor(new Headers({ authorization: header }))).toBeNull();
    }
    expect(await bearerActor(new Headers())).toBeNull();
  });

  it('cannot be made of a session that has ended', async () => {
    const { person, session } = await client('carol');
    await signOutToken(person.accountId, session.token);
    await expect(tokenPairOf(session)).rejects.toMatchObject({ kind: 'unauthenticated', reason: 'session' });
  });
});

describe('a token', () => {
  it('outlives its session, without it', async () => {
    const { person, session, accessToken } = await client('dave');
    await actorOfAccessToken(accessToken);
    await signOutToken(person.accountId, session.token);
    expect(await actorOfAccessToken(accessToken)).toMatchObject({
      accountId: person.accountId,
      sessionId: null,
    });
  });

  it('is worthless from its expiry on, also when it has just been looked at', async () => {
    holdClock();
    const { accessToken } = await client('erin');
    const { exp } = part(accessToken, 1);
    advanceClock(exp * 1_000_000 - now() - 1);
    expect(await actorOfAccessToken(accessToken)).not.toBeNull();
    advanceClock(1);
    expect(await actorOfAccessToken(accessToken)).toBeNull();
    expect(await claimsOfAccessToken(accessToken)).toBeNull();
    releaseClock();
  });

  it('does not outlive its account, but still says whose it was', async () => {
    const { person, accessToken } = await client('frank');
    await actorOfAccessToken(accessToken);
    await deleteAccount(person, { kind: 'soft', password: PASSWORD });
    expect(await actorOfAccessToken(accessToken)).toBeNull();
    expect(await claimsOfAccessToken(accessToken)).toMatchObject({ accountId: person.accountId });
  });

  it('does not outlive a changed password; the one made after it works', async () => {
    const { person, session, accessToken } = await client('gina');
    await actorOfAccessToken(accessToken);
    const next = 'An0ther one!';
    await changePassword(person, { currentPassword: PASSWORD, password: next, confirmation: next });
    expect(await actorOfAccessToken(accessToken)).toBeNull();
    await expect(refreshSession('mikrochat', session.token)).rejects.toMatchObject({ reason: 'session' });
    const again = await transaction((db) => openSession(db, person.accountId, CLIENT));
    expect(await actorOfAccessToken((await tokenPairOf(again)).accessToken)).not.toBeNull();
  });

  it('does not outlive “sign out everywhere else”', async () => {
    const { person, accessToken } = await client('henry');
    await actorOfAccessToken(accessToken);
    await endOtherSessions(person);
    expect(await actorOfAccessToken(accessToken)).toBeNull();
  });

  it('brings the role that the account has now, whatever it says itself', async () => {
    const { person, accessToken } = await client('iris');
    await actorOfAccessToken(accessToken);
    await setRole(owner, { accountId: person.accountId, role: 'admin' });
    expect(await actorOfAccessToken(accessToken)).toMatchObject({ role: 'admin' });
  });

  it('of dev mode lives for a day and needs no session', async () => {
    const person = await newcomer('judy');
    const token = await devTokenOf(person.accountId);
    const claims = part(token, 1);
    expect(claims).toMatchObject({ sub: String(person.accountId), email: '', sid: null });
    expect(claims.exp - claims.iat).toBe(86_400);
    expect(await actorOfAccessToken(token)).toMatchObject({ accountId: person.accountId, sessionId: null });
  });
});

describe('an attacker', () => {
  let session: OpenedSession;
  let valid: string;
  beforeAll(async () => {
    ({ session, accessToken: valid } = await client('victim'));
  });

  const forge = (header: object, secret = tokenSecret(), claims: object = {}) =>
    new SignJWT({ ...part(valid, 1), ...claims })
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', ...header })
      .sign(secret);

  it('is let in by nothing that was not signed like this', async () => {
    // or the rest would prove nothing
    expect(await actorOfAccessToken(await forge({}))).toMatchObject({ sessionId: session.id });

    const unsigned = (alg: string) => `${encode({ alg, typ: 'at+jwt' })}.${valid.split('.')[1]}`;
    const other = Buffer.from('another secret that is long enough to be one');
    const publicly = createHmac('sha256', '').update(unsigned('HS256')).digest('base64url');
    const wrong = [
      `${unsigned('none')}.`,
      `${unsigned('None')}.`,
      `${unsigned('none')}.${valid.split('.')[2]}`,
      `${unsigned('HS256')}.`,
      `${unsigned('HS256')}.${publicly}`,
      await forge({}, other),
      await forge({ alg: 'HS512' }, Buffer.concat([tokenSecret(), tokenSecret()])),
      await forge({ alg: 'HS384' }, Buffer.concat([tokenSecret(), tokenSecret()])),
      await forge({ typ: 'JWT' }),
      await forge({ typ: undefined }),
      await forge({}, tokenSecret(), { aud: 'chatalot' }),
      await forge({}, tokenSecret(), { aud: undefined }),
      await forge({}, tokenSecret(), { iss: 'somebody' }),
      await forge({}, tokenSecret(), { exp: undefined }),
      await forge({}, tokenSecret(), { exp: 'later' }),
      await forge({}, tokenSecret(), { exp: Math.floor(Date.now() / 1000) - 1 }),
      await forge({}, tokenSecret(), { nbf: Math.floor(Date.now() / 1000) + 100 }),
      await forge({}, tokenSecret(), { uid: '1' }),
      await forge({}, tokenSecret(), { uid: undefined }),
      await forge({}, tokenSecret(), { gen: -1 }),
      valid.slice(0, -2),
      `${valid}x`,
      valid.replace('.', '..'),
      valid.split('.').slice(0, 2).join('.'),
      session.token,
      'a'.repeat(10_000),
    ];
    const outcomes = await Promise.all(wrong.map(async (token) => [token, await actorOfAccessToken(token)]));
    expect(outcomes.filter(([, actor]) => actor !== null)).toEqual([]);
  });

  it('finds nobody behind claims of an account that never was', async () => {
    expect(await actorOfAccessToken(await forge({}, tokenSecret(), { uid: 999_999 }))).toBeNull();
    // somebody else's session is no session of theirs
    const { sid } = part((await client('other')).accessToken, 1);
    expect(await actorOfAccessToken(await forge({}, tokenSecret(), { sid }))).toMatchObject({
      sessionId: null,
    });
  });

  it('gets null for any garbage, never an error', async () => {
    const segment = fc.oneof(
      fc.string(),
      fc.base64String(),
      fc.json().map((json) => Buffer.from(json).toString('base64url')),
    );
    const garbage = fc.oneof(
      fc.string(),
      fc.array(segment, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('.')),
      fc
        .nat(valid.length - 1)
        .map((at) => `${valid.slice(0, at)}${valid[at] === 'A' ? 'B' : 'A'}${valid.slice(at + 1)}`),
    );
    await fc.assert(
      fc.asyncProperty(garbage, async (token) => {
        const actor = await actorOfAccessToken(token);
        // the last character of a signature holds two bits that mean nothing
        if (token.slice(0, -1) !== valid.slice(0, -1)) expect(actor).toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});
