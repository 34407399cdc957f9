import { afterEach, describe, expect, test } from 'vitest';
import { mikrochat } from '#server/dialects/mikrochat/dialect';
import { advanceClock, holdClock, releaseClock } from '#server/platform/clock';
import { settings } from '#server/platform/settings';
import { MikrochatClient } from '#tests/support/mikrochat-client';
import { withMikrochatPeople } from '#tests/support/mikrochat-people';

const people = withMikrochatPeople();
const COMPAT = '/compat/mikrochat';

/** Paths at the root that another API answers to whoever brings no token. */
const SHARED = new Set(['GET /channels', 'GET /users', 'GET /files/{filename}', 'GET /events']);

const ask = (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
  people.door.ask({ method, path, headers, body: body === undefined ? undefined : Buffer.from(body) });
const target = (path: string) =>
  path.replace(/\{(\w+)\}/g, (_, name) =>
    name === 'conversationId' ? 'dm:1_2' : name === 'filename' ? 'x.png' : '1',
  );

afterEach(() => {
  releaseClock();
  settings().server.allowedDomains = ['http://127.0.0.1:8000'];
  settings().server.rateLimit = { enabled: false, requestsPerMinute: 100 };
});

describe('the server', () => {
  test('MK-01 says OK to whoever prefers plain text, and below the client’s base to everybody', async () => {
    for (const [path, headers] of [
      [`${COMPAT}/health`, {}],
      [`${COMPAT}/health`, { accept: '*/*' }],
      ['/health', { accept: 'text/plain' }],
      ['/health', { accept: 'text/plain, */*' }],
    ] as const) {
      const answer = await ask('GET', path, headers);
      expect([answer.status, answer.text], path).toEqual([200, 'OK']);
      expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    }
    // other APIs document JSON there (docs/decisions/080)
    expect((await ask('GET', '/health', { accept: '*/*' })).text).toBe('{"status":"ok"}');
  });

  const guarded = mikrochat.routes.filter(({ access }) => access === 'session');

  test.each(guarded.map(({ method, path }) => [method, path]))(
    'MK-02 answers %s %s with 401 to strangers',
    async (method, path) => {
      const bases = SHARED.has(`${method} ${path}`) ? [COMPAT] : ['', COMPAT];
      for (const base of bases) {
        const headers: Record<string, string>[] = [
          {},
          { cookie: 'session=x' },
          { authorization: 'Basic eDp5' },
        ];
        for (const sent of headers) {
          const answer = await ask(method, base + target(path), sent, method === 'GET' ? undefined : '{');
          expect([answer.status, typeof JSON.parse(answer.text).error], base).toEqual([401, 'string']);
        }
      }
      const bad = await ask(method, target(path), { authorization: 'Bearer bad' });
      expect([bad.status, typeof JSON.parse(bad.text).error]).toEqual([401, 'string']);
    },
  );

  test('MK-04 says no in JSON, with a sentence, whatever is wrong', async () => {
    const { bob, general } = people;
    const bearer = { authorization: `Bearer ${bob.tokens.accessToken}` };
    for (const [method, path, body, status] of [
      ['POST', `/channels/${general}/messages`, '{', 400],
      ['POST', `/channels/${general}/messages`, '[]', 400],
      ['POST', `/channels/${general}/messages`, `{"content":"${'x'.repeat(1_100_000)}"}`, 400],
      ['GET', '/auth/me/nothing', undefined, 404],
      ['GET', `${COMPAT}/nothing/at/all`, undefined, 404],
      ['GET', COMPAT, undefined, 404],
      ['PATCH', '/auth/me', undefined, 405],
      ['DELETE', `${COMPAT}/channels`, undefined, 405],
      ['GET', '/channels/%zz/messages', undefined, 400],
    ] as const) {
      const answer = await ask(method, path, bearer, body);
      expect([answer.status, answer.headers.get('content-type')], path).toEqual([status, 'application/json']);
      expect(JSON.parse(answer.text).error, path).toMatch(/\w/);
    }
    // nobody answers there for strangers either
    const unknown = await ask('GET', `${COMPAT}/nothing`);
    expect([unknown.status, JSON.parse(unknown.text)]).toEqual([404, { error: 'Not found' }]);
  });

  test('MK-78 takes no body for an empty one, whatever its type is called', async () => {
    const { ann, bob } = people;
    const { id } = await bob.say(people.general, 'no body');
    const json = { 'content-type': 'application/json' };
    expect((await bob.ask('POST', `/messages/${id}/pin`, undefined, json)).status).toBe(200);
    expect((await bob.ask('DELETE', `/messages/${id}/pin`, '', json)).status).toBe(200);
    expect((await bob.ask('DELETE', `/messages/${id}`, undefined, json)).status).toBe(200);
    expect((await bob.ask('DELETE', '/auth/sessions', '', json)).status).toBe(200);
    expect((await ann.ask('POST', '/users/exit', '', json)).status).toBe(400);
    const answer = await bob.ask('GET', '/auth/me', undefined, json);
    expect(answer.status).toBe(200);
    const plain = { 'content-type': 'text/plain' };
    expect(
      (await bob.ask('POST', `/channels/${people.general}/messages`, '{"content":"x"}', plain)).status,
    ).toBe(200);
  });

  test('is never fooled by the cookie of another API', async () => {
    const headers = { authorization: 'Bearer bad', cookie: 'session=whatever' };
    for (const path of ['/channels', '/users', '/files/x', '/events']) {
      expect((await ask('GET', path, headers)).status, path).toBe(401);
      expect((await ask('GET', path)).status, path).toBe(302);
    }
  });
});

describe('MK-75 another origin', () => {
  const LISTED = 'http://app.example';
  const FOREIGN = 'http://evil.example';

  test('asks beforehand and is told, on every path of an open API or of none', async () => {
    settings().server.allowedDomains = [LISTED];
    for (const path of [
      '/channels',
      '/auth/login',
      '/nowhere',
      '/health',
      COMPAT,
      `${COMPAT}/x/y`,
      '/messages/1/pin',
    ]) {
      const answer = await ask('OPTIONS', path, { origin: LISTED, 'access-control-request-method': 'POST' });
      expect([answer.status, answer.text], path).toEqual([204, '']);
      expect(Object.fromEntries(answer.headers), path).toMatchObject({
        'access-control-allow-methods': 'GET, POST, PUT, DELETE, PATCH, OPTIONS',
        'access-control-allow-headers': 'Content-Type, Authorization',
        'access-control-max-age': '86400',
        'access-control-allow-origin': LISTED,
        vary: 'Origin',
      });
      expect(
        (await ask('OPTIONS', path, { origin: FOREIGN })).headers.get('access-control-allow-origin'),
      ).toBeNull();
      expect((await ask('OPTIONS', path)).headers.get('access-control-allow-origin')).toBe('*');
    }
    expect((await ask('OPTIONS', '/channels')).headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS');
    // what only our own pages or a closed API answer is no other origin's business
    for (const path of ['/send/general', '/api/trpc/session.bootstrap', '/login']) {
      const told = [...(await ask('OPTIONS', path, { origin: LISTED })).headers.keys()];
      expect(
        told.filter((name) => name.startsWith('access-control')),
        path,
      ).toEqual([]);
    }
  });

  test('may read answers, errors and files if it is listed', async () => {
    settings().server.allowedDomains = [LISTED];
    const { bob, general } = people;
    for (const [method, path, status] of [
      ['GET', '/auth/me', 200],
      ['GET', '/channels', 200],
      ['GET', '/channels/999999/messages', 404],
      ['GET', `/channels/${general}/messages/image/none.png`, 404],
      ['PATCH', '/auth/me', 405],
      ['GET', `${COMPAT}/nothing`, 404],
      ['GET', '/config.json', 200],
    ] as const) {
      const origins = [LISTED, FOREIGN].map((origin) =>
        bob.door.ask({
          method,
          path,
          headers: { origin, authorization: `Bearer ${bob.tokens.accessToken}` },
        }),
      );
      const [listed, foreign] = await Promise.all(origins);
      expect([listed?.status, listed?.headers.get('access-control-allow-origin')], path).toEqual([
        status,
        LISTED,
      ]);
      expect([foreign?.status, foreign?.headers.get('access-control-allow-origin')], path).toEqual([
        status,
        null,
      ]);
      expect(listed?.headers.get('access-control-allow-credentials')).toBeNull();
    }
    const refused = await ask('GET', '/auth/me', { origin: LISTED });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, LISTED]);
    settings().server.allowedDomains = ['*'];
    expect(
      (await ask('GET', '/auth/me', { origin: FOREIGN })).headers.get('access-control-allow-origin'),
    ).toBe('*');
  });
});

describe('MK-76 the limit per address', () => {
  test('refuses the sixth of five a minute, on both bases together, and says when to come back', async () => {
    holdClock();
    advanceClock(120_000_000);
    settings().server.rateLimit = { enabled: true, requestsPerMinute: 5 };
    const bearer = { authorization: `Bearer ${people.cat.tokens.accessToken}` };
    const left: (string | null)[] = [];
    for (const path of [
      '/auth/me',
      `${COMPAT}/auth/me`,
      '/config.json',
      `${COMPAT}/nothing`,
      '/channels/1/messages/image/x.png',
    ]) {
      const answer = await ask('GET', path, bearer);
      expect(answer.status, path).not.toBe(429);
      expect(answer.headers.get('x-ratelimit-limit')).toBe('5');
      left.push(answer.headers.get('x-ratelimit-remaining'));
      await ask('OPTIONS', path);
    }
    expect(left).toEqual(['4', '3', '2', '1', '0']);
    for (const path of ['/auth/me', '/events', '/nowhere/else']) {
      const answer = await ask('GET', path, bearer);
      if (path === '/nowhere/else') expect(answer.status).toBe(404);
      else {
        expect([answer.status, JSON.parse(answer.text).error], path).toEqual([429, 'Too Many Requests']);
        expect(Object.fromEntries(answer.headers)).toMatchObject({
          'retry-after': '60',
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': expect.stringMatching(/^\d{10}$/),
          'access-control-allow-origin': '*',
        });
      }
    }
    // other faces are nobody's concern here
    expect((await ask('GET', '/channels')).status).toBe(302);
    advanceClock(60_000_000);
    expect((await ask('GET', '/config.json')).status).toBe(200);
  });

  test('is off by its own switch, and by the one of all limits', async () => {
    for (const [enabled, all] of [
      [false, true],
      [true, false],
    ] as const) {
      settings().server.rateLimit = { enabled, requestsPerMinute: 1 };
      settings().rate_limit_enabled = all;
      for (let time = 0; time < 5; time++) {
        const answer = await ask('GET', '/config.json');
        expect([answer.status, answer.headers.get('x-ratelimit-limit')]).toEqual([200, null]);
      }
    }
    settings().rate_limit_enabled = true;
  });
});

test('HEAD is GET without its body', async () => {
  const { bob, general } = people;
  for (const path of ['/channels', '/auth/me', `/channels/${general}/messages`, `${COMPAT}/health`]) {
    const answer = await new MikrochatClient(people.door).door.ask({
      method: 'HEAD',
      path,
      headers: { authorization: `Bearer ${bob.tokens.accessToken}` },
    });
    expect([answer.status, answer.text], path).toEqual([200, '']);
  }
});
