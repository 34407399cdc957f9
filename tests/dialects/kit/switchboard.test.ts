import { z } from '@hono/zod-openapi';
import { describe, expect, test } from 'vitest';
import { json, text } from '#server/dialects/kit/answers';
import { strictJson } from '#server/dialects/kit/body';
import { type DialectSpec, dialect } from '#server/dialects/kit/dialect';
import { fault } from '#server/dialects/kit/faults';
import { openApiOf, statusesOf } from '#server/dialects/kit/openapi';
import { type Route, route } from '#server/dialects/kit/route';
import { Switchboard } from '#server/dialects/kit/switchboard';
import { Refusal, refuse } from '#server/domain/kernel/refusal';

const said = json(z.object({ by: z.string() }), 'who answers');

function speaking(name: string, routes: readonly Route[], changes: Partial<DialectSpec> = {}) {
  return dialect({
    name,
    title: name,
    description: '',
    mount: '/',
    security: { name: 'session', scheme: { type: 'apiKey', in: 'cookie', name: 'session' } },
    recognises: () => false,
    identify: async () => null,
    signsInByCookie: true,
    statuses: {
      invalid: 400,
      unauthenticated: 401,
      forbidden: 403,
      not_found: 404,
      conflict: 409,
      too_large: 413,
      rate_limited: 429,
    },
    presentError: (refusal, status) => new Response(refusal.reason, { status }),
    presentFault: fault,
    routes,
    ...changes,
  });
}

/** A row that answers who answered. */
function says(path: string, by: string, method: 'GET' | 'POST' = 'GET'): Route {
  return route.open(method, path, {
    id: `${method} ${path} ${by}`,
    summary: by,
    tag: 't',
    answers: { 200: said },
    handle: () => ({ status: 200, body: { by } }),
  }) as Route;
}

const bearer = (headers: { get(name: string): string | null | undefined }) =>
  /^bearer /i.test(headers.get('authorization') ?? '');

const cookie = speaking('cookie', [
  says('/channels', 'cookie'),
  route.open('GET', '/things/{id}', {
    id: 'thing',
    summary: 'a thing',
    tag: 't',
    params: { id: z.string() },
    answers: { 200: json(z.object({ id: z.string() }), 'it') },
    handle: ({ params }) => ({ status: 200, body: { id: params.id } }),
  }),
  says('/things/all', 'literal'),
  says('/login', 'login', 'POST'),
]);
const token = speaking('token', [says('/channels', 'token'), says('/only', 'token', 'POST')], {
  recognises: bearer,
});
const api = speaking('api', [says('/api/only', 'api')], { mount: '/api' });
const switchboard = new Switchboard([api, token, cookie], (path) => path === '/login' || path === '/chat');

async function ask(method: string, path: string, headers: Record<string, string> = {}) {
  const request = new Request(`http://h${path}`, { method, headers });
  const verdict = switchboard.find(method, path, request.headers);
  return verdict ? switchboard.answer(verdict, request) : null;
}

const by = async (...asked: Parameters<typeof ask>) =>
  (await ask(...asked))?.json() as Promise<{ by: string }>;

describe('who answers', () => {
  test('is the dialect that has the route, credentials deciding where two have it', async () => {
    expect(await by('GET', '/channels')).toEqual({ by: 'cookie' });
    expect(await by('GET', '/channels', { authorization: 'Bearer x' })).toEqual({ by: 'token' });
    expect(await by('POST', '/only')).toEqual({ by: 'token' });
    expect(await by('GET', '/api/only?a=b')).toEqual({ by: 'api' });
  });

  test('is a literal path before a parameter, wherever the rows stand', async () => {
    expect(await by('GET', '/things/all')).toEqual({ by: 'literal' });
    expect(await (await ask('GET', '/things/any'))?.json()).toEqual({ id: 'any' });
  });

  test('is nobody for unknown paths and pages', async () => {
    expect(await ask('GET', '/nowhere')).toBeNull();
    expect(await ask('GET', '/things')).toBeNull();
    expect(await ask('GET', '/login')).toBeNull();
    expect(await ask('GET', '/chat')).toBeNull();
  });

  test('decodes a parameter once, and keeps an escaped slash inside it', async () => {
    expect(await (await ask('GET', '/things/dm%3Aa%3Ab'))?.json()).toEqual({ id: 'dm:a:b' });
    expect(await (await ask('GET', '/things/a%2Fb'))?.json()).toEqual({ id: 'a/b' });
    expect(await (await ask('GET', '/things/%2541'))?.json()).toEqual({ id: '%41' });
    expect(await (await ask('GET', '/things/%C3%A9%00'))?.json()).toEqual({ id: 'é' });
  });

  test.each(['/things/%zz', '/things/%', '/things/%ff', '/nowhere/%c3'])('is a 400 for %s', async (path) => {
    expect((await ask('GET', path))?.status).toBe(400);
  });

  test.each(['/things/..', '/things/%2e%2E', '/./channels', '/things/a\\..\\..\\channels', '/things/.?a=b'])(
    'is nobody for %s, whatever a URL parser would make of it',
    async (path) => {
      expect(switchboard.find('GET', path, new Headers())).toBeUndefined();
    },
  );

  test('leaves the query alone', async () => {
    expect((await ask('GET', '/channels?x=%zz&y=/../\\'))?.status).toBe(200);
  });
});

describe('another method', () => {
  test('is a 405 that lists what there is, pages included', async () => {
    const answer = await ask('DELETE', '/channels');
    expect(answer?.status).toBe(405);
    expect(answer?.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    expect((await ask('PUT', '/login'))?.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS');
    expect((await ask('GET', '/only'))?.headers.get('allow')).toBe('POST, OPTIONS');
  });

  test('is told to whoever asks for the options', async () => {
    const answer = await ask('OPTIONS', '/channels');
    expect(answer?.status).toBe(204);
    expect(answer?.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
  });

  test('HEAD is GET without its body', async () => {
    const answer = await ask('HEAD', '/channels');
    expect(answer?.status).toBe(200);
    expect(answer?.headers.get('content-type')).toBe('application/json');
    expect(await answer?.text()).toBe('');
  });
});

describe('a dialect with a welcome', () => {
  let counted = 0;
  const welcome = () => ({
    headers: { 'x-counted': String(++counted) },
    refusal: counted > 4 ? new Refusal('rate_limited', 'enough') : null,
  });
  const preflight = () => ({ 'access-control-max-age': '1' });
  const open = speaking('open', [says('/things', 'open'), says('/shared', 'open', 'POST')], {
    base: '/below/open',
    mount: '/below/open',
    ownsMount: true,
    welcome,
    preflight,
  });
  const atRoot = speaking('root', [says('/shared', 'root', 'POST')], { preflight });
  const closed = speaking('closed', [says('/closed', 'closed')]);
  const board = new Switchboard([open, atRoot, closed], (path) => path === '/page');
  const call = (method: string, path: string) => {
    const request = new Request(`http://h${path}`, { method });
    const verdict = board.find(method, path, request.headers);
    return verdict && board.answer(verdict, request);
  };

  test('is served below its base, and answers whatever is asked there', async () => {
    const answer = await call('GET', '/below/open/things');
    expect(await answer?.json()).toEqual({ by: 'open' });
    expect(answer?.headers.get('x-counted')).toBe('1');
    const unknown = await call('GET', '/below/open/nothing');
    expect([unknown?.status, unknown?.headers.get('x-counted')]).toEqual([404, '2']);
    const wrong = await call('POST', '/below/open/things');
    expect([wrong?.status, wrong?.headers.get('x-counted')]).toEqual([405, '3']);
    expect(await call('GET', '/things')).toBeUndefined();
  });

  test('refuses at its door, in its words', async () => {
    await call('GET', '/below/open/things');
    const refused = await call('GET', '/below/open/things');
    expect([refused?.status, await refused?.text(), refused?.headers.get('x-counted')]).toEqual([
      429,
      'enough',
      '5',
    ]);
  });

  test('tells other origins what they may ask, except about paths of closed ones and pages', async () => {
    const told = (path: string) => 'access-control-max-age' in board.preflight(path, new Headers());
    expect(['/below/open/things', '/below/open/x', '/shared', '/nowhere'].map(told)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['/closed', '/page', '/%zz'].map(told)).toEqual([false, false, false]);
    expect((await call('OPTIONS', '/below/open/things'))?.headers.get('x-counted')).toBeNull();
  });
});

describe('a route', () => {
  const row = route('POST', '/things/{id}', {
    id: 'change',
    summary: 'Change it',
    tag: 't',
    params: { id: z.string().regex(/^\d+$/) },
    query: { mode: z.enum(['a', 'b']) },
    answers: { 200: text('ok', 'done') },
    refuses: { not_found: { status: 403, when: 'not mine' } },
    handle: ({ params }) => {
      if (params.id === '5') throw new Error('a bug that says too much');
      return params.id === '7' ? { status: 200 } : refuse('not_found', 'thing');
    },
  });
  const actor = { accountId: 1, username: 'alice', role: 'member', sessionId: 1, face: 'minimost' } as const;
  const identify = async (request: Request) => (request.headers.has('cookie') ? actor : null);
  const one = new Switchboard([speaking('one', [row], { identify })], () => false);
  const call = async (path: string, headers: Record<string, string> = { cookie: 'c' }) => {
    const request = new Request(`http://h${path}`, { method: 'POST', headers });
    const verdict = one.find('POST', path, request.headers);
    return verdict && one.answer(verdict, request);
  };

  test('answers as its row says', async () => {
    const answer = await call('/things/7?mode=a');
    expect(answer?.status).toBe(200);
    expect(await answer?.text()).toBe('ok');
  });

  test('asks who it is before anything else', async () => {
    expect((await call('/things/x', {}))?.status).toBe(401);
    expect((await call('/things/x', { origin: 'http://evil.example' }))?.status).toBe(401);
    expect((await call('/things/x', { cookie: 'c', origin: 'http://evil.example' }))?.status).toBe(403);
  });

  test('gives its own status to the refusals of its handler, and the usual one to a path that names nothing', async () => {
    expect((await call('/things/8?mode=a'))?.status).toBe(403);
    expect((await call('/things/x?mode=a'))?.status).toBe(404);
    expect((await call('/things/7?mode=z'))?.status).toBe(400);
  });

  test('may decide who it admits before it looks at the body', async () => {
    const picky = route.open('POST', '/picky', {
      id: 'picky',
      summary: 'x',
      tag: 't',
      identify: async () => actor,
      body: strictJson({ name: z.string() }),
      answers: { 200: said },
      refuses: { forbidden: { status: 418, when: 'no' } },
      admit: ({ request }) => request.headers.has('cookie') || refuse('forbidden', 'no'),
      handle: ({ body }) => ({ status: 200, body: { by: body.name } }),
    });
    const board = new Switchboard([speaking('picky', [picky])], () => false);
    const post = (body: string, headers: Record<string, string> = {}) => {
      const request = new Request('http://h/picky', { method: 'POST', body, headers });
      const verdict = board.find('POST', '/picky', request.headers);
      return verdict && board.answer(verdict, request);
    };
    expect((await post('{'))?.status).toBe(418);
    expect((await post('{', { cookie: 'c' }))?.status).toBe(400);
    expect(await (await post('{"name":"x"}', { cookie: 'c' }))?.json()).toEqual({ by: 'x' });
  });

  test('hides a bug behind fixed words', async () => {
    const answer = await call('/things/5?mode=a');
    expect(answer?.status).toBe(500);
    expect(await answer?.text()).not.toContain('says too much');
  });

  test('is documented with all it may answer', () => {
    const [documented] = one.dialects;
    if (!documented) throw new Error('no dialect');
    expect(statusesOf(documented, row)).toEqual({ success: [200], refused: [401, 403, 404] });
    const operation = openApiOf(documented).paths?.['/things/{id}']?.post;
    expect(operation).toMatchObject({
      operationId: 'change',
      security: [{ session: [] }],
      responses: { 200: { description: 'done' }, 403: { description: 'sent from another site; not mine' } },
    });
  });
});

test('two rows of one shape are refused at the start', () => {
  expect(() => speaking('twins', [says('/a', 'x'), says('/a', 'y')])).toThrow(/both answer GET \/a/);
});
