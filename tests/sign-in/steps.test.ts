import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tokenOfCookies } from '#server/auth/session-cookie';
import { requestEmail } from '#server/domain/accounts/own-email';
import type { Actor } from '#server/domain/kernel/actor';
import { actorOfSessionToken } from '#server/domain/sessions/actor-of-session-token';
import { findMount } from '#server/process/mounts';
import { type OAuthProviderServer, startOAuthProvider } from '#tests/support/oauth-provider';
import { mailedLink, mailsTo } from '#tests/support/outbox';
import { newcomer, openChannels, PASSWORD } from '#tests/support/people';
import { changeSettingsFile } from '#tests/support/settings';

const ORIGIN = 'http://chat.example';
const NEW_PASSWORD = 'An0ther one!';

let alice: Actor;
let provider: OAuthProviderServer;

beforeAll(async () => {
  await openChannels('general');
  alice = await newcomer('alice');
  provider = await startOAuthProvider();
});
afterAll(() => provider.close());
beforeEach(() => changeSettingsFile({ auth: {}, oauth: {} }));

async function ask(path: string, init: RequestInit = {}) {
  const request = new Request(ORIGIN + path, init);
  const response = await findMount(path.split('?', 1)[0] as string)?.handle(request);
  const location = new URL(response?.headers.get('location') ?? 'none:', ORIGIN);
  const cookies = response?.headers.getSetCookie() ?? [];
  return {
    status: response?.status,
    to: location.pathname,
    location,
    query: Object.fromEntries(location.searchParams),
    cookies,
    actor: await actorOf(cookies[0]),
  };
}

/** Posts a form as a browser does. */
function post(step: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  const body = new URLSearchParams(fields).toString();
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  return ask(`/api/sign-in/${step}`, {
    method: 'POST',
    body,
    headers: { ...type, origin: ORIGIN, ...headers },
  });
}

async function actorOf(cookie: string | undefined): Promise<Actor | null> {
  const token = await tokenOfCookies(cookie?.split(';', 1)[0]);
  return token === null ? null : actorOfSessionToken(token);
}

describe('the forms of the login pages', () => {
  it('send a link and let in whoever opens it', async () => {
    changeSettingsFile({ auth: { authMode: 'magic-link' } });
    const sent = await post('send-link', { email: 'new@a.example', next: '/chat/general' });
    expect(sent).toMatchObject({ status: 303, to: '/login', query: { sent: 'link', next: '/chat/general' } });
    const { email, token } = await mailedLink('new@a.example');
    const opened = await post('open-link', { email, token });
    expect(opened).toMatchObject({ status: 303, to: '/', actor: { username: 'new', face: 'web' } });
    expect(await post('open-link', { email, token })).toMatchObject({
      to: '/login/link',
      query: { error: 'token', email, token },
      actor: null,
    });
  });

  it('set a password by a link, with the web app’s rules', async () => {
    await requestEmail(alice, { email: 'alice@a.example', password: PASSWORD });
    const confirmed = await post('confirm-email', await fieldsOf('alice@a.example'));
    expect(confirmed).toMatchObject({ to: '/login/email', query: { done: 'yes', email: 'alice@a.example' } });

    expect(await post('send-password-link', { email: 'alice@a.example' })).toMatchObject({
      to: '/login/forgotten',
      query: { sent: 'link' },
    });
    const link = await fieldsOf('alice@a.example');
    const set = (password: string, confirm_password = password) =>
      post('set-password', { ...link, password, confirm_password });
    expect(await set('weak')).toMatchObject({
      to: '/login/password',
      query: { error: 'password_too_short', ...link },
    });
    expect(await set(NEW_PASSWORD, 'different')).toMatchObject({ query: { error: 'confirmation_differs' } });
    expect(await set(NEW_PASSWORD)).toMatchObject({ to: '/', actor: { username: 'alice' } });
    expect(await set(NEW_PASSWORD)).toMatchObject({ to: '/login/password', query: { error: 'token' } });
  });

  it('say the same about every address', async () => {
    for (const email of ['alice@a.example', 'nobody@a.example', 'nonsense', '']) {
      expect(await post('send-password-link', { email })).toMatchObject({
        to: '/login/forgotten',
        query: { sent: 'link' },
      });
    }
    expect(await mailsTo('nobody@a.example')).toEqual([]);
  });

  it('believe developers, where the mode says so', async () => {
    expect(await post('dev', { email: 'dev@a.example' })).toMatchObject({
      to: '/login',
      query: { error: 'sign_in_way', email: 'dev@a.example' },
      cookies: [],
    });
    changeSettingsFile({ auth: { authMode: 'dev' } });
    expect(await post('dev', { email: 'dev@a.example', next: '/chat/general' })).toMatchObject({
      to: '/chat/general',
      actor: { username: 'dev' },
    });
    const strange = await post('dev', { email: 'dev@a.example', next: 'https://evil.example/' });
    expect(strange).toMatchObject({ to: '/', location: expect.objectContaining({ origin: ORIGIN }) });
  });

  it('do nothing for another site, and nothing that does not exist', async () => {
    changeSettingsFile({ auth: { authMode: 'dev' } });
    const forged = await post('dev', { email: 'dev@a.example' }, { origin: 'http://evil.example' });
    expect(forged).toMatchObject({ to: '/login', query: { error: 'cross_site' }, cookies: [] });
    expect((await post('everything', {})).status).toBe(404);
    expect((await post('__proto__', {})).status).toBe(404);
    expect((await post('constructor', {})).status).toBe(404);
  });

  it('show nothing again that no header has room for', async () => {
    changeSettingsFile({ auth: { authMode: 'magic-link' } });
    for (const next of [`/chat/${'x'.repeat(5_000)}`, `/chat/${'\u65e5'.repeat(1_900)}`]) {
      const sent = await post('send-link', { email: `${'\u65e5'.repeat(3_000)}@a`, next });
      expect([sent.status, sent.query]).toEqual([303, { sent: 'link' }]);
      const opened = await post('open-link', { email: 'x'.repeat(20_000), token: 'y'.repeat(20_000), next });
      expect(opened.location.href.length).toBeLessThan(200);
    }
  });

  it('survive whatever is posted', async () => {
    const bodies = [
      '',
      '%',
      'email',
      'email=%zz',
      'email=a&email=b',
      'token=%00&email=%00',
      'x'.repeat(100_000),
    ];
    for (const step of [
      'send-link',
      'open-link',
      'dev',
      'send-password-link',
      'set-password',
      'confirm-email',
    ]) {
      for (const body of bodies) {
        for (const type of [
          'application/x-www-form-urlencoded',
          'multipart/form-data; boundary=x',
          'text/plain',
        ]) {
          const { status, cookies } = await ask(`/api/sign-in/${step}`, {
            method: 'POST',
            body,
            headers: { 'content-type': type },
          });
          expect([status, cookies]).toEqual([303, []]);
        }
      }
    }
  });
});

describe('the link to a provider', () => {
  it('leads there with a cookie for the way back', async () => {
    changeSettingsFile({ oauth: { custom: [provider.settings('home')] } as never });
    const { status, location, cookies } = await ask('/api/sign-in/provider/home?next=/chat/general');
    expect(status).toBe(303);
    expect(location.origin).toBe(provider.url);
    expect(cookies).toEqual([
      `oauth_state=${location.searchParams.get('state')}; Max-Age=3600; Path=/auth/oauth/; HttpOnly; SameSite=Lax`,
    ]);
  });

  it('leads back with words when there is none', async () => {
    for (const id of ['home', '', '%00', '..%2f', 'a/b']) {
      expect(await ask(`/api/sign-in/provider/${id}`)).toMatchObject({
        status: 303,
        to: '/login',
        query: { error: 'provider' },
      });
    }
  });
});

async function fieldsOf(recipient: string): Promise<{ email: string; token: string }> {
  const { email, token } = await mailedLink(recipient);
  return { email, token };
}
