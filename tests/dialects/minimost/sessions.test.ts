import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { minimost } from '#server/dialects/minimost/dialect';
import { advanceClock, holdClock, releaseClock } from '#server/platform/clock';
import { logIn, MinimostClient, PASSWORD, signUp } from '#tests/support/minimost-client';
import { withPeople } from '#tests/support/minimost-people';

const people = withPeople();
const settingsFile = join(process.env.DATA_DIR as string, 'settings.json');
const asWritten = readFileSync(settingsFile, 'utf8');
const MINUTE = 60_000_000;

function set(changes: object) {
  writeFileSync(settingsFile, JSON.stringify({ ...JSON.parse(asWritten), ...changes }, null, 2));
}

afterEach(() => {
  releaseClock();
  writeFileSync(settingsFile, asWritten);
});

function visitor() {
  return new MinimostClient(people.door);
}

function login(username: string, password: string) {
  return visitor().post('/login', { username, password });
}

function alertIn(page: string): string {
  return /<p role="alert">([^<]*)/.exec(page)?.[1]?.trim() ?? '';
}

const sessionRoutes = minimost.routes.filter((route) => route.access === 'session');

function pathFor(path: string): string {
  return path
    .replace('{channel}', 'general')
    .replace('{msg_id}', '1')
    .replace('{channel_id}', '1')
    .replace(/\{\w+\}/g, 'alice');
}

describe('without a session', () => {
  test('MM-01 every call that needs a session leads to the login page and does nothing', async () => {
    const before = await people.alice.messages('general');
    for (const { method, path } of sessionRoutes) {
      const answer = await visitor().ask(method, pathFor(path));
      expect([answer.status, answer.headers.get('location')], `${method} ${path}`).toEqual([302, '/login']);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    expect((await visitor().post('/send/general', { text: 'let me in' })).status).toBe(302);
    expect(await people.alice.messages('general')).toEqual(before);
  });

  test('MM-02 the redirect is a 302 for programs as well', async () => {
    const programs: Record<string, string>[] = [
      { accept: 'application/json' },
      { 'x-requested-with': 'XMLHttpRequest' },
    ];
    for (const headers of programs) {
      for (const { method, path } of sessionRoutes) {
        const answer = await visitor().ask(method, pathFor(path), undefined, headers);
        expect(answer.status, `${method} ${path}`).toBe(302);
      }
    }
  });

  test('MM-12 a tampered or foreign cookie is nobody’s', async () => {
    const { cookie } = people.alice;
    const values = [
      'session=',
      'session=x',
      'session=%ff%00',
      `${cookie}x`,
      cookie.slice(0, -4),
      cookie.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
      'session=Fe26.2*1*aa*bb*cc*dd*ee*ff',
      'session="; session=; =; ;',
      `sessions=${cookie.slice(8)}`,
      `session=${'x'.repeat(4000)}`,
    ];
    for (const value of values) {
      const answer = await visitor().get('/channels', { cookie: value });
      expect([answer.status, answer.headers.get('location')], value.slice(0, 60)).toEqual([302, '/login']);
    }
  });
});

describe('logging in', () => {
  test('MM-04 the right password opens a session in a cookie', async () => {
    const answer = await login('alice', PASSWORD);
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/']);
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^session=[^;]+;/);
    expect(cookie).toMatch(/;\s*HttpOnly/i);
    expect(cookie).toMatch(/;\s*SameSite=Lax/i);
    expect(cookie).toMatch(/;\s*Path=\//i);
  });

  test('MM-05 takes the username in any case and keeps its canonical spelling', async () => {
    await signUp(people.door, 'CamelCase');
    const client = await logIn(people.door, ' camelCASE ');
    await client.post('/send/general', { text: 'who am I?' });
    expect((await client.messages('general')).at(-1)?.sender).toBe('CamelCase');
    expect((await client.get('/')).text).toContain('CamelCase');
  });

  test('MM-06 a wrong password and an unknown user are told apart by nothing', async () => {
    const wrong = await login('alice', 'wrong');
    const unknown = await login('nobody-at-all', PASSWORD);
    for (const answer of [wrong, unknown]) {
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    expect(alertIn(wrong.text)).not.toBe('');
    expect(alertIn(unknown.text)).toBe(alertIn(wrong.text));
    expect(wrong.text).toContain('value="alice"');
    expect(wrong.text).not.toContain('wrong"');
    await login('alice', PASSWORD);
  });

  test('MM-07 a failure is held back for as long as the settings say, a success is not', async () => {
    set({ login_failure_delay_seconds: 0.6 });
    const timed = async (username: string, password: string) => {
      const start = performance.now();
      await login(username, password);
      return performance.now() - start;
    };
    expect(await timed('alice', 'wrong')).toBeGreaterThanOrEqual(590);
    expect(await timed('nobody-at-all', 'wrong')).toBeGreaterThanOrEqual(590);
    expect(await timed('alice', 'x'.repeat(1025))).toBeGreaterThanOrEqual(590);
    expect(await timed('alice', PASSWORD)).toBeLessThan(590);
  });

  test('MM-08 the fifth failure in a row locks the account for fifteen minutes, whatever the password', async () => {
    await signUp(people.door, 'locked');
    holdClock();
    for (let attempt = 1; attempt <= 4; attempt++) {
      expect(alertIn((await login('locked', 'wrong')).text)).not.toContain('locked');
    }
    expect(alertIn((await login('LOCKED', 'wrong')).text)).toContain('15 minutes');
    advanceClock(10 * MINUTE);
    const refused = await login('locked', PASSWORD);
    expect(refused.status).toBe(200);
    expect(alertIn(refused.text)).toContain('6 minutes');
    advanceClock(5 * MINUTE - 1);
    expect((await login('locked', PASSWORD)).status).toBe(200);
    advanceClock(2);
    expect((await login('locked', PASSWORD)).status).toBe(302);
  });

  test('MM-09 a success forgets the failures before it', async () => {
    await signUp(people.door, 'forgiven');
    for (const password of ['a', 'b', 'c', 'd', PASSWORD, 'a', 'b', 'c', 'd'])
      await login('forgiven', password);
    expect((await login('forgiven', PASSWORD)).status).toBe(302);
  });

  test('MM-10 no lockout when max_login_attempts is 0', async () => {
    set({ max_login_attempts: 0 });
    await signUp(people.door, 'unlimited');
    for (let attempt = 0; attempt < 7; attempt++) await login('unlimited', 'wrong');
    expect((await login('unlimited', PASSWORD)).status).toBe(302);
  });

  test('is not ended by a link on another site', async () => {
    const client = await logIn(people.door, 'alice');
    const answer = await client.get('/logout', { 'sec-fetch-site': 'cross-site' });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/']);
    expect((await client.get('/channels')).status).toBe(200);
  });

  test('MM-11 logging out ends this session only, at once, and goes offline', async () => {
    const first = await signUp(people.door, 'leaver');
    const second = await logIn(people.door, 'leaver');
    const { cookie } = first;
    await first.postJson('/presence', { state: 'active' });
    const answer = await first.get('/logout');
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/login']);
    const [gone = ''] = answer.headers.getSetCookie();
    expect(gone).toMatch(/^session=;/);
    expect(gone).toMatch(/Max-Age=0/i);
    expect((await visitor().get('/channels', { cookie })).status).toBe(302);
    expect((await second.get('/channels')).status).toBe(200);
    expect(await second.read('/online_users')).toMatchObject({ leaver: 'offline' });
  });

  test('MM-13 needs no token, from our own site or from none', async () => {
    const host = new URL('http://chat.example').host;
    const fields = { username: 'alice', password: PASSWORD };
    for (const headers of [
      {},
      { host, origin: `http://${host}` },
      { 'sec-fetch-site': 'same-origin' },
    ] as Record<string, string>[]) {
      expect((await visitor().post('/login', fields, headers)).status).toBe(302);
    }
    const signup = { username: 'tokenless', password: PASSWORD, confirm_password: PASSWORD };
    expect((await visitor().post('/signup', signup, { 'sec-fetch-site': 'none' })).status).toBe(302);
    expect((await visitor().post('/login', { ...fields, csrf_token: 'guessed' })).status).toBe(403);
  });

  test('brings people back to where they were going, and nowhere else', async () => {
    const go = async (next: string) =>
      (
        await visitor().post(`/login?next=${encodeURIComponent(next)}`, {
          username: 'alice',
          password: PASSWORD,
        })
      ).headers.get('location');
    expect(await go('/chat/general?message=4')).toBe('/chat/general?message=4');
    for (const elsewhere of [
      '//evil.example',
      'https://evil.example',
      '/\\evil',
      '/chat\r\nx: y',
      '/settings',
    ]) {
      expect(await go(elsewhere)).toBe('/');
    }
  });
});

describe('signing up', () => {
  const attempt = (fields: Record<string, string>) =>
    visitor().post('/signup', { password: PASSWORD, confirm_password: PASSWORD, ...fields });

  test('MM-14 logs in at once, active, and greets the newcomer', async () => {
    const client = new MinimostClient(people.door, 'newcomer');
    const answer = await client.post('/signup', {
      username: ' newcomer ',
      password: PASSWORD,
      confirm_password: PASSWORD,
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/']);
    expect(await client.read('/online_users')).toMatchObject({ newcomer: 'active' });
    const greeting = (await client.messages('general')).at(-1);
    expect(greeting).toMatchObject({ sender: 'system', content: expect.stringContaining('newcomer') });
    expect(await client.read('/channel_unreads')).toMatchObject({ general: 0 });
  });

  test('MM-15 refuses reserved names in any case', async () => {
    for (const username of [
      'minimost',
      'MiniMost',
      'everyone',
      'EveryOne',
      'deleteduser',
      'DeletedUser',
      'System',
    ]) {
      const answer = await attempt({ username });
      expect([answer.status, answer.headers.getSetCookie()], username).toEqual([200, []]);
      expect(alertIn(answer.text)).not.toBe('');
    }
  });

  test('MM-16 takes names of 1 to 32 letters, digits, _ and -', async () => {
    for (const username of ['x'.repeat(33), '', '   ', 'a b', 'a.b', 'a:b', 'müller', 'a\nb', '<b>']) {
      expect((await attempt({ username })).status, username).toBe(200);
    }
    for (const username of ['Z', 'y_-'.repeat(10).slice(0, 30).padEnd(32, '0')]) {
      expect((await attempt({ username })).status, username).toBe(302);
    }
  });

  test('MM-17 refuses a name that differs only in case', async () => {
    const answer = await attempt({ username: 'ALICE' });
    expect(answer.status).toBe(200);
    expect(await people.alice.read<string[]>('/users')).not.toContain('ALICE');
  });

  test('MM-18 asks 8 characters with an upper-case letter, a digit and a special one', async () => {
    for (const password of ['ABCD1!e', 'abcdef1!', 'ABCDEFG!', 'ABCDEFG1', `A1!${'x'.repeat(1022)}`]) {
      const answer = await attempt({ username: 'picky', password, confirm_password: password });
      expect(answer.status, password.slice(0, 20)).toBe(200);
    }
    const fine = await attempt({ username: 'picky', password: 'ABCDEF1!', confirm_password: 'ABCDEF1!' });
    expect(fine.status).toBe(302);
  });

  test('MM-19 refuses two different passwords and creates nobody', async () => {
    const answer = await attempt({ username: 'twoways', confirm_password: `${PASSWORD}x` });
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, []]);
    expect(answer.text).toContain('value="twoways"');
    expect(await people.alice.read<string[]>('/users')).not.toContain('twoways');
  });

  test('MM-87 an absent field is a 400; both kinds of form work; JSON has no fields', async () => {
    for (const path of ['/login', '/signup']) {
      expect((await visitor().post(path, { username: 'alice' })).status, path).toBe(400);
      expect((await visitor().post(path, {})).status, path).toBe(400);
      const json = { username: 'alice', password: PASSWORD, confirm_password: PASSWORD };
      expect((await visitor().postJson(path, json)).status, path).toBe(400);
    }
    const data = new FormData();
    data.append('username', 'alice');
    data.append('password', PASSWORD);
    expect((await visitor().postData('/login', data)).status).toBe(302);
  });

  test('escapes what was typed', async () => {
    const answer = await attempt({ username: '"><script>alert(1)</script>' });
    expect(answer.text).not.toContain('<script>');
  });
});
