import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actorOfAccessToken } from '#server/auth/access-token';
import { answerOAuthCallback, oauthCookie } from '#server/auth/oauth-return';
import { tokenOfCookies } from '#server/auth/session-cookie';
import { beginOAuth } from '#server/domain/oauth/begin-oauth';
import type { OAuthDestination } from '#server/domain/oauth/oauth-state';
import { PRESETS } from '#server/domain/oauth/presets';
import { listOAuthProviders } from '#server/domain/oauth/providers';
import { actorOfSessionToken } from '#server/domain/sessions/actor-of-session-token';
import type { Device } from '#server/domain/sessions/session';
import { advanceClock, holdClock, releaseClock } from '#server/platform/clock';
import { prisma } from '#server/platform/database';
import { type OAuthProviderServer, startOAuthProvider } from '#tests/support/oauth-provider';
import { newcomer, openChannels } from '#tests/support/people';
import { refusalOf } from '#tests/support/refusals';
import { changeSettingsFile } from '#tests/support/settings';

const MINUTE = 60_000_000;

let provider: OAuthProviderServer;
let address = 0;
let device: Device;

beforeAll(async () => {
  await openChannels('general');
  await newcomer('owner');
  provider = await startOAuthProvider();
});
afterAll(() => provider.close());

function configure(auth: object = {}, oauth: object = {}): void {
  const custom = [
    provider.settings('home'),
    provider.settings('work', { scopes: ['a', 'b'], trustsEmails: true }),
  ];
  changeSettingsFile({ auth: { maxActiveSessions: 100, ...auth }, oauth: { custom, ...oauth } as never });
}

beforeEach(() => {
  configure();
  provider.profile = { email: 'ann@a.example', email_verified: true, name: 'Ann Brown' };
  provider.extra = {};
  provider.isBroken = false;
  // an address for every test: attempts are counted by it
  device = { face: 'mikrochat', userAgent: 'browser/1', ip: `198.51.100.${++address}` };
});

const begin = (providerId = 'home', destination: OAuthDestination = 'app', nextPath: string | null = null) =>
  beginOAuth({ providerId, destination, nextPath }, device);

/** Comes back with what the provider gave; `changes` to its query as an attacker makes them. */
async function comeBack(
  back: URL,
  changes: { [name: string]: string | undefined } = {},
  { ip = device.ip, cookie = '', providerId = 'home' } = {},
) {
  const answer = await answerOAuthCallback({
    providerId,
    query: { ...Object.fromEntries(back.searchParams), ...changes },
    headers: new Headers({ 'user-agent': 'browser/1', cookie }),
    address: ip,
    secure: true,
  });
  const location = new URL(answer.location, 'http://web');
  return { ...answer, location, query: Object.fromEntries(location.searchParams) };
}

async function goThrough(providerId = 'home') {
  return comeBack(await provider.visit((await begin(providerId)).url), {}, { providerId });
}

const sessions = () => prisma.session.count({ where: { face: 'mikrochat' } });

describe('the way to a provider', () => {
  it('carries everything that is documented, and a proof that nobody else can use the code', async () => {
    const { url, state } = await begin();
    expect(url.href.startsWith(`${provider.url}/authorize?`)).toBe(true);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'parley',
      redirect_uri: 'http://127.0.0.1:3000/auth/oauth/home/callback',
      response_type: 'code',
      scope: 'openid email profile',
      state: expect.stringMatching(/^[0-9a-f]{64}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    const rows = JSON.stringify(
      await prisma.oauthState.findMany({ select: { stateHash: true, provider: true } }),
    );
    expect(rows).not.toContain(state);
    expect((await begin('work')).url.searchParams.get('scope')).toBe('a b');
  });

  it('exists for the providers that the settings name', async () => {
    expect(listOAuthProviders()).toEqual([
      { id: 'home', name: 'Provider home' },
      { id: 'work', name: 'Provider work' },
    ]);
    expect(await refusalOf(begin('google'))).toBe('not_found/provider');
    expect(await refusalOf(begin('__proto__'))).toBe('not_found/provider');
    const client = { clientId: 'id', clientSecret: 'secret' };
    configure(
      {},
      { presets: { google: client, github: { ...client, redirectUri: 'https://x.example/cb' } } },
    );
    expect(listOAuthProviders().map(({ id }) => id)).toEqual(['google', 'github', 'home', 'work']);
    const google = (await begin('google')).url;
    expect(google.origin + google.pathname).toBe('https://accounts.google.com/o/oauth2/v2/auth');
    expect(google.searchParams.get('access_type')).toBe('offline');
    expect(google.searchParams.get('prompt')).toBe('consent');
    expect((await begin('github')).url.searchParams.get('redirect_uri')).toBe('https://x.example/cb');
  });

  it('is open ten times in a quarter of an hour for one address, the way back included', async () => {
    holdClock();
    const back = await provider.visit((await begin()).url);
    for (let time = 1; time < 9; time++) await begin(time % 2 ? 'home' : 'work');
    await comeBack(back);
    await expect(begin()).rejects.toMatchObject({
      kind: 'rate_limited',
      detail: { retryAfterSeconds: 900 },
    });
    expect((await comeBack(back)).query.oauth_error).toBeTruthy();
    advanceClock(15 * MINUTE);
    await expect(begin()).resolves.toBeDefined();
    releaseClock();
    device = { ...device, ip: '127.0.0.1' };
    for (let time = 0; time < 10; time++) await begin();
    expect(await refusalOf(begin())).toBe('rate_limited/too_many_attempts');
  });
});

describe('the way back', () => {
  it('makes an account for somebody new and lets them into the client', async () => {
    configure({ appUrl: 'https://client.example' });
    const { location, query } = await goThrough();
    expect(location.origin + location.pathname).toBe('https://client.example/');
    expect(query).toMatchObject({
      expires_in: '900',
      refresh_token: expect.stringMatching(/^[0-9a-f]{80}$/),
    });
    const actor = await actorOfAccessToken(query.access_token ?? '');
    expect(actor).toMatchObject({ username: 'Ann-Brown', face: 'mikrochat' });
    const row = await prisma.account.findUniqueOrThrow({ where: { email: 'ann@a.example' } });
    expect(row).toMatchObject({ displayName: 'Ann Brown', emailProvenAt: expect.any(BigInt) });
    const again = await actorOfAccessToken((await goThrough('work')).query.access_token ?? '');
    expect(again?.accountId).toBe(actor?.accountId);
  });

  it('leads into the web app with a cookie, for the browser that was sent', async () => {
    const { url, state } = await begin('home', 'web', '/chat/general');
    const cookie = oauthCookie(state, { secure: true }).split(';', 1)[0] ?? '';
    const { location, cookies } = await comeBack(await provider.visit(url), {}, { cookie });
    expect(location.href).toBe('http://web/chat/general');
    expect(cookies[0]).toMatch(
      /^oauth_state=; Max-Age=0; Path=\/auth\/oauth\/; HttpOnly; SameSite=Lax; Secure$/,
    );
    const token = await tokenOfCookies(cookies[1]?.split(';', 1)[0]);
    expect(await actorOfSessionToken(token ?? '')).toMatchObject({ username: 'Ann-Brown', face: 'web' });
  });

  it('leads nobody else into the web app', async () => {
    const { url } = await begin('home', 'web');
    const other = oauthCookie((await begin('home', 'web')).state, { secure: true }).split(';', 1)[0] ?? '';
    const { location, cookies } = await comeBack(await provider.visit(url), {}, { cookie: other });
    expect(location.href).toBe('http://web/login?error=oauth_state');
    expect(cookies).toHaveLength(1);
    const bare = await comeBack(await provider.visit((await begin('home', 'web')).url));
    expect(bare.query.oauth_error).toBeTruthy();
  });

  it('needs a state that is known, unused, young, and of the same provider and address', async () => {
    const before = await sessions();
    const fresh = async () => {
      device = { ...device, ip: `198.51.100.${++address}` };
      return provider.visit((await begin()).url);
    };
    const used = await fresh();
    await comeBack(used);
    expect(await sessions()).toBe(before + 1);
    const outcomes = [
      await comeBack(used),
      await comeBack(await fresh(), { state: undefined }),
      await comeBack(await fresh(), { state: '' }),
      await comeBack(await fresh(), { state: 'f'.repeat(64) }),
      await comeBack(await fresh(), { state: '\0' }),
    ];
    outcomes.push(
      await comeBack(await fresh(), {}, { providerId: 'work' }),
      await comeBack(await fresh(), {}, { ip: '203.0.113.1' }),
      await comeBack(await fresh(), {}, { ip: null as never }),
    );
    holdClock();
    const late = await fresh();
    advanceClock(10 * MINUTE);
    outcomes.push(await comeBack(late));
    releaseClock();
    for (const { query, cookies } of outcomes) {
      expect(query.oauth_error).toMatch(/begun elsewhere/);
      expect(query).not.toHaveProperty('access_token');
      expect(cookies).toEqual([]);
    }
    expect(await sessions()).toBe(before + 1);
  });

  it('works once for several who bring the same', async () => {
    const back = await provider.visit((await begin()).url);
    const outcomes = await Promise.all([comeBack(back), comeBack(back), comeBack(back)]);
    expect(outcomes.filter(({ query }) => query.access_token)).toHaveLength(1);
  });

  it('says so when the provider says no, breaks, or knows no verified address', async () => {
    const before = await sessions();
    const errors: string[] = [];
    const attempt = async (changes: { [name: string]: string | undefined } = {}) => {
      const { query } = await comeBack(await provider.visit((await begin()).url), changes);
      errors.push(query.oauth_error ?? 'none');
    };
    await attempt({ code: undefined, error: 'access_denied' });
    await attempt({ code: 'made-up' });
    provider.isBroken = true;
    await attempt();
    provider.isBroken = false;
    device = { ...device, ip: `198.51.100.${++address}` };
    for (const profile of [
      {},
      { email: 'x@a.example' },
      { email: 'x@a.example', email_verified: false },
      { email: 'nonsense', email_verified: true },
    ]) {
      provider.profile = profile;
      await attempt();
    }
    expect(errors).toEqual([
      'The provider did not let you in.',
      'The provider could not be asked. Try again later.',
      'The provider could not be asked. Try again later.',
      ...Array.from({ length: 4 }, () => 'The provider has no verified address of yours.'),
    ]);
    expect(await sessions()).toBe(before);
    expect(await prisma.account.count({ where: { email: 'x@a.example' } })).toBe(0);
  });

  it('takes a provider’s word where the settings say so, and an ID token for nothing', async () => {
    provider.profile = { email: 'trusted@a.example' };
    provider.extra = { id_token: 'not.a.token' };
    expect((await goThrough('work')).query.access_token).toBeTruthy();
  });

  it('leaves nobody in who was not invited', async () => {
    configure({ isInviteRequired: true });
    provider.profile = { email: 'stranger@a.example', email_verified: 'true' };
    const before = await sessions();
    expect((await goThrough()).query.oauth_error).toBe('You need an invitation.');
    expect(await sessions()).toBe(before);
    expect(await prisma.account.count({ where: { email: 'stranger@a.example' } })).toBe(0);
    provider.profile = { email: 'ann@a.example', email_verified: true };
    expect((await goThrough()).query.access_token).toBeTruthy();
  });
});

describe('whom a preset says somebody is', () => {
  const reading = (answers: Record<string, unknown>) => async (url: string) =>
    (answers[new URL(url).pathname] ?? {}) as Record<string, unknown>;

  it('is by Google’s verified address', async () => {
    const me = (verified_email: boolean) =>
      PRESETS.google.readProfile(
        reading({ '/oauth2/v2/userinfo': { email: 'A@b.example', verified_email, name: 'A' } }),
        false,
      );
    expect(await me(true)).toEqual({ email: 'a@b.example', name: 'A' });
    expect(await me(false)).toEqual({ email: null, name: 'A' });
  });

  it('is by GitHub’s primary verified address, never by the one on the profile', async () => {
    const me = (emails: object[]) =>
      PRESETS.github.readProfile(
        reading({ '/user': { login: 'ann', email: 'profile@b.example' }, '/user/emails': emails }),
      );
    const other = { email: 'other@b.example', primary: false, verified: true };
    expect(await me([other, { email: 'a@b.example', primary: true, verified: true }])).toEqual({
      email: 'a@b.example',
      name: 'ann',
    });
    expect((await me([other, { email: 'a@b.example', primary: true, verified: false }])).email).toBeNull();
    expect((await me([])).email).toBeNull();
  });

  it('is by Microsoft’s principal name, by its mail only if that is trusted', async () => {
    const me = (userPrincipalName: string, trusts = false) =>
      PRESETS.microsoft.readProfile(
        reading({ '/v1.0/me': { mail: 'mail@b.example', userPrincipalName, displayName: 'A' } }),
        trusts,
      );
    expect(await me('a@b.example')).toEqual({ email: 'a@b.example', name: 'A' });
    expect((await me('x_b.example#EXT#@evil.example')).email).toBeNull();
    expect((await me('a@b.example', true)).email).toBe('mail@b.example');
  });

  it('is by GitLab’s confirmed address', async () => {
    const me = (confirmed_at: string | null) =>
      PRESETS.gitlab.readProfile(
        reading({ '/api/v4/user': { email: 'a@b.example', confirmed_at, name: 'A' } }),
        false,
      );
    expect((await me('2026-01-01')).email).toBe('a@b.example');
    expect((await me(null)).email).toBeNull();
  });
});
