// How long everything that lets somebody in works, by a clock that is held: until its last moment, and from the next
// one on not at all. What ends it earlier is below.
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actorOfAccessToken, devTokenOf, tokenPairOf } from '#server/auth/access-token';
import { answerOAuthCallback } from '#server/auth/oauth-return';
import { addAccountAsAdmin } from '#server/domain/accounts/add-account-as-admin';
import { changePassword } from '#server/domain/accounts/change-password';
import { deleteAccount } from '#server/domain/accounts/delete-account';
import { confirmEmail, requestEmail } from '#server/domain/accounts/own-email';
import { removeAccount } from '#server/domain/accounts/remove-account';
import { resetPasswordAsAdmin } from '#server/domain/accounts/reset-password-as-admin';
import { beginOAuth } from '#server/domain/oauth/begin-oauth';
import { actorOfSessionToken } from '#server/domain/sessions/actor-of-session-token';
import { endOtherSessions } from '#server/domain/sessions/end-sessions';
import { knownSessions } from '#server/domain/sessions/known-sessions';
import { refreshSession } from '#server/domain/sessions/refresh-session';
import type { Device } from '#server/domain/sessions/session';
import { signOut } from '#server/domain/sessions/sign-out';
import { requestMagicLink, verifyMagicLink } from '#server/domain/sign-in/magic-link';
import { requestPasswordReset, setupPassword } from '#server/domain/sign-in/password-reset';
import { register } from '#server/domain/sign-in/register';
import { signInByEmail } from '#server/domain/sign-in/sign-in-by-email';
import { advanceClock, holdClock, now, releaseClock } from '#server/platform/clock';
import { mailedLink } from '#tests/support/outbox';
import { newcomer, openChannels, PASSWORD, type SignedInActor, signedInAgain } from '#tests/support/people';
import { changeSettingsFile } from '#tests/support/settings';

const CLIENT: Device = { face: 'mikrochat', userAgent: 'client/1', ip: '127.0.0.1' };
const SECOND = 1_000_000;
const DAY = 86_400 * SECOND;

let owner: SignedInActor;
let made = 0;

beforeAll(async () => {
  await openChannels('general');
  owner = await newcomer('owner');
});

beforeEach(() => {
  changeSettingsFile({ auth: { maxActiveSessions: 100 }, oauth: {} });
  // access tokens count in whole seconds
  holdClock(Math.ceil(now() / SECOND) * SECOND);
});

afterEach(releaseClock);

const works = (use: () => Promise<unknown>): Promise<boolean> =>
  use().then(
    (value) => value !== null,
    () => false,
  );

/** Every time as if it had not been seen before: what is kept in memory must not live longer, and isn't asked here. */
const fresh = (accountId: number) => knownSessions.forgetAccount(accountId);

/** Somebody new with a password, signed in through MikroChat's API. */
async function joined() {
  const email = `person-${++made}@a.example`;
  const { account, session } = await register({ email, password: PASSWORD }, CLIENT);
  return { email, accountId: account.id, session, pair: await tokenPairOf(session) };
}

/** How to come by each, what uses it, and how long it may. A use that lengthens it is no use for this. */
const KEYS: Record<string, { seconds: number; make: () => Promise<() => Promise<unknown>> }> = {
  'a session cookie': {
    seconds: 30 * 86_400,
    async make() {
      const { token } = await signedInAgain(owner);
      return () => {
        fresh(owner.accountId);
        return actorOfSessionToken(token);
      };
    },
  },
  'a refresh token of MikroChat': {
    seconds: 7 * 86_400,
    async make() {
      const { session } = await joined();
      return () => refreshSession('mikrochat', session.token);
    },
  },
  'an access token of MikroChat': {
    seconds: 900,
    async make() {
      const { pair } = await joined();
      return () => actorOfAccessToken(pair.accessToken);
    },
  },
  'an access token of developers': {
    seconds: 86_400,
    async make() {
      const token = await devTokenOf(owner.accountId);
      return () => actorOfAccessToken(token);
    },
  },
  'a link to sign in': {
    seconds: 900,
    async make() {
      changeSettingsFile({ auth: { authMode: 'magic-link' } });
      const email = `person-${++made}@a.example`;
      requestMagicLink({ email }, CLIENT);
      const link = await mailedLink(email);
      return () => verifyMagicLink(link, CLIENT);
    },
  },
  'a link to set a new password': {
    seconds: 900,
    async make() {
      const { email } = await joined();
      requestPasswordReset({ email }, CLIENT);
      const link = await mailedLink(email);
      return () => setupPassword({ ...link, password: 'another password' }, CLIENT);
    },
  },
  'an invitation': {
    seconds: 900,
    async make() {
      const email = `person-${++made}@a.example`;
      await addAccountAsAdmin(owner, { email });
      const link = await mailedLink(email);
      return () => setupPassword({ ...link, password: 'a first password' }, CLIENT);
    },
  },
  'a link to confirm an address': {
    seconds: 900,
    async make() {
      const somebody = await newcomer(`person-${++made}`);
      const email = `address-${made}@a.example`;
      await requestEmail(somebody, { email, password: PASSWORD });
      const link = await mailedLink(email);
      return () => confirmEmail(link);
    },
  },
  'the way to a provider and back': {
    seconds: 600,
    async make() {
      const provider = {
        id: 'home',
        name: 'Home',
        clientId: 'x',
        clientSecret: 'x',
        authorizationUrl: 'https://id.example/a',
        tokenUrl: 'https://id.example/t',
        userInfoUrl: 'https://id.example/m',
      };
      changeSettingsFile({ oauth: { custom: [provider] } as never });
      const ip = `198.51.100.${++made}`;
      const { url } = await beginOAuth({ providerId: 'home', destination: 'app' }, { ...CLIENT, ip });
      const state = url.searchParams.get('state') ?? '';
      // the provider says no, which only somebody is told who came back in time
      return async () => {
        const { location } = await answerOAuthCallback({
          providerId: 'home',
          query: { state, error: 'access_denied' },
          headers: new Headers({ 'user-agent': 'client/1' }),
          address: ip,
          secure: false,
        });
        return /expired/.test(decodeURIComponent(location.replaceAll('+', ' '))) ? null : location;
      };
    },
  },
};

describe.each(Object.entries(KEYS))('%s', (_name, { seconds, make }) => {
  it(`works until the last moment of ${seconds} seconds`, async () => {
    const use = await make();
    advanceClock(seconds * SECOND - 1);
    expect(await works(use)).toBe(true);
  });

  it('does not from then on', async () => {
    const use = await make();
    advanceClock(seconds * SECOND);
    expect(await works(use)).toBe(false);
  });
});

describe('what slides', () => {
  it('is begun anew by every use: a session in the browser, a refresh token', async () => {
    const { token } = await signedInAgain(owner);
    for (let time = 0; time < 3; time++) {
      advanceClock(30 * DAY - 1);
      fresh(owner.accountId);
      expect(await actorOfSessionToken(token)).not.toBeNull();
    }
    const { session } = await joined();
    for (let time = 0; time < 3; time++) {
      advanceClock(7 * DAY - 1);
      expect(await works(() => refreshSession('mikrochat', session.token))).toBe(true);
    }
  });

  it('does not slide for an access token, however much it is used', async () => {
    const { pair } = await joined();
    for (let time = 0; time < 9; time++) {
      expect(await actorOfAccessToken(pair.accessToken)).not.toBeNull();
      advanceClock(100 * SECOND);
    }
    expect(await actorOfAccessToken(pair.accessToken)).toBeNull();
  });
});

/** Somebody signed in everywhere, and what of it still works. */
async function everywhere() {
  const here = await newcomer(`person-${++made}`);
  const there = await signedInAgain(here);
  const mikrochat = (await signInByEmail({ email: here.username, password: PASSWORD }, CLIENT)).session;
  const { accessToken } = await tokenPairOf(mikrochat);
  return {
    here,
    async left() {
      return {
        browser: await works(() => actorOfSessionToken(there.token)),
        refresh: await works(() => refreshSession('mikrochat', mikrochat.token)),
        access: await works(() => actorOfAccessToken(accessToken)),
      };
    },
  };
}

const NOTHING = { browser: false, refresh: false, access: false };

describe('everything else that was opened with it', () => {
  it('ends with the old password when its owner changes it', async () => {
    const { here, left } = await everywhere();
    expect(await left()).toEqual({ browser: true, refresh: true, access: true });
    const password = 'An0ther one!';
    await changePassword(here, { currentPassword: PASSWORD, password, confirmation: password });
    expect(await left()).toEqual(NOTHING);
  });

  it('ends when an administrator resets the password', async () => {
    const { here, left } = await everywhere();
    await resetPasswordAsAdmin(owner, { accountId: here.accountId, password: 'given by an admin' });
    expect(await left()).toEqual(NOTHING);
  });

  it('ends when its owner says so', async () => {
    const { here, left } = await everywhere();
    await endOtherSessions(here);
    expect(await left()).toEqual(NOTHING);
  });

  it('ends with the account, whoever ends that', async () => {
    const leaver = await everywhere();
    await deleteAccount(leaver.here, { kind: 'soft', password: PASSWORD });
    expect(await leaver.left()).toEqual(NOTHING);
    const removed = await everywhere();
    await removeAccount(owner, removed.here.accountId);
    expect(await removed.left()).toEqual(NOTHING);
  });

  it('goes on when one of them signs out', async () => {
    const { here, left } = await everywhere();
    await signOut(here);
    expect(await left()).toEqual({ browser: true, refresh: true, access: true });
  });
});
