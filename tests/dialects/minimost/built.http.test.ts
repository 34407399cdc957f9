// What needs the real pages: everything else is tested without them, over HTTP as well.
import { afterAll, describe, expect, inject, test } from 'vitest';
import { doorTo } from '#tests/support/door';
import { MinimostClient, PASSWORD, signUp } from '#tests/support/minimost-client';
import { playExamples } from './golden';

const door = doorTo(inject('baseUrl'), 'built');
afterAll(() => door.close());
const visitor = () => new MinimostClient(door);

test('the documented examples hold in the built server', () => playExamples(door, 'built'));

describe('the pages', () => {
  test('MM-03 of login and signup have their forms, signed in or not', async () => {
    const client = await signUp(door, 'page-reader');
    for (const person of [visitor(), client]) {
      const login = await person.get('/login');
      expect([login.status, login.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      for (const name of ['username', 'password']) expect(login.text).toContain(`name="${name}"`);
      expect(login.text).toMatch(/href="\/signup/);
      const signup = await person.get('/signup');
      expect(signup.status).toBe(200);
      for (const name of ['username', 'password', 'confirm_password']) {
        expect(signup.text).toContain(`name="${name}"`);
      }
    }
  });

  test('MM-06 show a failure in place, with what was typed and nothing secret', async () => {
    const typed = { username: '<b>"nobody"</b>', password: 'S3cret-typed' };
    for (const [path, fields] of [
      ['/login', typed],
      ['/signup', { ...typed, confirm_password: typed.password }],
    ] as const) {
      const answer = await visitor().post(path, fields);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(answer.text).toContain('role="alert"');
      expect(answer.text).not.toContain(typed.username);
      expect(answer.text).not.toContain(typed.password);
      expect(answer.text).toContain(`name="password"`);
      expect([...answer.headers.keys()].filter((name) => name.startsWith('x-parley'))).toEqual([]);
    }
    const failure = (username: string) => visitor().post('/login', { username, password: 'wrong' });
    await signUp(door, 'known-one');
    const alertOf = (page: string) => /role="alert"[^>]*>(.*?)<\//.exec(page)?.[1];
    expect(alertOf((await failure('known-one')).text)).toBe(alertOf((await failure('unknown-one')).text));
  });

  test('MM-06 are not fooled by headers from outside', async () => {
    const forged = { 'x-parley-form-error': 'account_locked:99', 'x-parley-form-username': 'forged' };
    const page = await visitor().get('/login', forged);
    expect(page.text).not.toContain('forged');
    expect(page.text).not.toContain('locked');
  });

  test('MM-83 of the chat know who I am; strangers are sent to log in', async () => {
    const client = await signUp(door, 'Front-Page');
    const answer = await client.get('/');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(answer.text).toContain('Front-Page');
    const stranger = await visitor().get('/', { accept: 'text/html' });
    expect([stranger.status, stranger.headers.get('location')]).toEqual([302, '/login']);
  });

  test('MM-84 escape what people write', async () => {
    const client = await signUp(door, 'escaper');
    await client.post('/send/general', {
      text: '</script><script>alert(1)</script><img src=x onerror=alert(1)>',
    });
    for (const path of ['/', '/chat/general']) {
      const page = await client.get(path, { accept: 'text/html' });
      expect(page.text).not.toContain('<script>alert(1)');
      expect(page.text).not.toContain('<img src=x');
    }
  });

  test('MM-82 are no excuse for other methods or unknown paths', async () => {
    for (const path of ['/nowhere', '/chat%ff', '/docs/none', '/api/nowhere']) {
      const answer = await visitor().get(path, { accept: 'application/json' });
      expect([400, 404], path).toContain(answer.status);
    }
    const wrong = await visitor().ask('DELETE', '/login');
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST, OPTIONS']);
    expect((await visitor().ask('HEAD', '/login')).status).toBe(200);
  });

  test('of the reference hold under their own policy', async () => {
    const page = await visitor().get('/docs/minimost');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("style-src 'self'");
    expect((await visitor().get('/docs/minimost/openapi.json')).headers.get('content-type')).toBe(
      'application/json',
    );
  });
});

test('MM-13 the form’s own post is taken by the same address', async () => {
  const { host, origin } = new URL(inject('baseUrl'));
  const fields = { username: 'same-site', password: PASSWORD, confirm_password: PASSWORD };
  const answer = await visitor().post('/signup', fields, { host, origin, 'sec-fetch-site': 'same-origin' });
  expect(answer.status).toBe(302);
});
