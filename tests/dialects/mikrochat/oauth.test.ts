import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { advanceClock, holdClock, releaseClock } from '#server/platform/clock';
import { prisma } from '#server/platform/database';
import { MikrochatClient } from '#tests/support/mikrochat-client';
import { withMikrochatPeople } from '#tests/support/mikrochat-people';
import { type OAuthProviderServer, startOAuthProvider } from '#tests/support/oauth-provider';
import { changeSettingsFile } from '#tests/support/settings';

const people = withMikrochatPeople();
const APP = 'http://app.example';
let provider: OAuthProviderServer;
let hours = 0;

const configure = (auth: object = {}, oauth: object = {}) =>
  changeSettingsFile({
    auth: { appUrl: APP, ...auth },
    oauth: { custom: [provider.settings('home'), provider.settings('work')], ...oauth },
  } as never);

beforeAll(async () => {
  provider = await startOAuthProvider();
});
afterAll(() => provider.close());
beforeEach(() => {
  // a window of its own for every test
  holdClock();
  advanceClock(++hours * 3_600_000_000);
  provider.profile = { email: 'olga@example.org', email_verified: true, name: 'Olga' };
  configure();
  return releaseClock;
});

const ask = (path: string) => people.door.ask({ method: 'GET', path, headers: {} });
const begin = async (id = 'home') => {
  const answer = await ask(`/auth/oauth/${id}`);
  return { status: answer.status, url: new URL(answer.headers.get('location') ?? 'http://x'), answer };
};
/** The callback's query as the provider wrote it, with changes. */
const comeBack = async (back: URL, changes: Record<string, string | null> = {}, id = 'home') => {
  const query = new URLSearchParams(back.searchParams);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  const answer = await ask(`/auth/oauth/${id}/callback?${query}`);
  return { answer, url: new URL(answer.headers.get('location') ?? 'http://x') };
};

describe('a provider', () => {
  test('MK-18 is listed where one is configured; whoever goes there brings a secret, ten times', async () => {
    changeSettingsFile({ oauth: {} } as never);
    for (const path of ['/auth/oauth/providers', '/auth/oauth/home', '/auth/oauth/home/callback']) {
      expect((await ask(path)).status, path).toBe(404);
    }
    configure();
    expect(JSON.parse((await ask('/auth/oauth/providers')).text)).toEqual({
      providers: [
        { id: 'home', name: 'Provider home', loginUrl: '/auth/oauth/home' },
        { id: 'work', name: 'Provider work', loginUrl: '/auth/oauth/work' },
      ],
      count: 2,
    });
    expect(JSON.parse((await ask('/config.json')).text).auth.oauthEnabled).toBe(true);
    expect((await ask('/auth/oauth/nobody')).status).toBe(404);
    for (let time = 1; time <= 10; time++) {
      const { status, url } = await begin(time % 2 ? 'home' : 'work');
      expect([status, url.origin + url.pathname]).toEqual([302, `${provider.url}/authorize`]);
      expect(Object.fromEntries(url.searchParams)).toMatchObject({
        response_type: 'code',
        state: expect.stringMatching(/^[0-9a-f]{64}$/),
        code_challenge_method: 'S256',
      });
    }
    const { answer } = await begin();
    expect(answer.status).toBe(429);
    expect(JSON.parse(answer.text)).toMatchObject({
      error: expect.any(String),
      retryAfter: expect.any(Number),
    });
  });

  test('MK-19 lets nobody in who was not sent there, whose secret is used, or who is not invited', async () => {
    const sessions = () => prisma.session.count();
    const before = await sessions();
    const { url } = await begin();
    const back = await provider.visit(url);
    const refused = async (changes: Record<string, string | null>, id = 'home') => {
      const { answer, url: location } = await comeBack(back, changes, id);
      expect([answer.status, location.origin]).toEqual([302, APP]);
      expect(location.searchParams.get('oauth_error')).toMatch(/\w/);
      expect(location.searchParams.get('access_token')).toBeNull();
    };
    await refused({ state: null });
    await refused({ state: 'f'.repeat(64) });
    await refused({}, 'work');
    configure({ isInviteRequired: true });
    const uninvited = await provider.visit((await begin()).url);
    const { url: location } = await comeBack(uninvited);
    expect(location.searchParams.get('oauth_error')).toMatch(/\w/);
    expect(await sessions()).toBe(before);
    configure();
    const good = await provider.visit((await begin()).url);
    const admitted = await comeBack(good);
    expect(admitted.url.searchParams.get('expires_in')).toBe('900');
    expect(admitted.answer.headers.get('referrer-policy')).toBe('no-referrer');
    const client = new MikrochatClient(people.door);
    client.tokens.accessToken = admitted.url.searchParams.get('access_token') ?? '';
    const { user } = await client.read<{ user: { userName: string; email: string } }>('/auth/me');
    expect(user).toMatchObject({ email: 'olga@example.org' });
    expect(await sessions()).toBe(before + 1);
    // once only
    const again = await comeBack(good);
    expect(again.url.searchParams.get('oauth_error')).toMatch(/\w/);
    expect(await sessions()).toBe(before + 1);
  });
});
