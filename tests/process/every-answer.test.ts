// What every answer says to a browser, whoever made it: the built server behind a proxy that it trusts, asked for one
// answer of each kind, in the clear and over TLS.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { cloneTemplate } from '#tests/support/clone-template';
import { type Answer, type Door, doorTo } from '#tests/support/door';
import { type MikrochatClient, register } from '#tests/support/mikrochat-client';
import { type MinimostClient, PIXEL, signUp, withFiles } from '#tests/support/minimost-client';
import { freePort, type ServerProcess, startServer, writeTestSettings } from '#tests/support/server-process';

const dataDir = mkdtempSync(join(tmpdir(), 'parley-answers-'));
const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_BODY = { 'content-type': 'application/json' };
const FOREIGN = 'https://client.example';
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><circle r="4"/></svg>';

let server: ServerProcess;
let door: Door;
let alice: MinimostClient;
let ann: MikrochatClient;
/** Filled before the first test. MikroChat's answers are `*` to whoever names no origin, as it documents. */
const names = { text: '', page: '', picture: '', drawing: '', chunk: '', slot: '' };

beforeAll(async () => {
  const custom = [
    {
      id: 'home',
      name: 'Home',
      clientId: 'parley',
      clientSecret: 'x',
      authorizationUrl: 'https://id.example/authorize',
      tokenUrl: 'https://id.example/token',
      userInfoUrl: 'https://id.example/me',
    },
  ];
  writeTestSettings(dataDir, {
    rate_limit_enabled: false,
    oauth: { custom },
    server: { allowedDomains: [FOREIGN] },
  });
  server = await startServer('.build/server/main.js', {
    NODE_ENV: 'production',
    PORT: String(await freePort()),
    DATA_DIR: dataDir,
    DATABASE_URL: await cloneTemplate(inject('postgresUrl')),
    LOG_LEVEL: 'warn',
    TRUST_PROXY: 'true',
    PUBLIC_URL: 'https://chat.example',
  });
  door = doorTo(server.baseUrl);
  alice = await signUp(door, 'alice');
  ann = await register(door, 'ann@example.org');
  Object.assign(names, {
    text: await upload('a.txt', 'text/plain', Buffer.from('hello')),
    page: await upload('a.html', 'text/html', Buffer.from('<script>1</script>')),
    picture: await upload('a.png', 'image/png', PIXEL),
    drawing: await upload('a.svg', 'image/svg+xml', Buffer.from(SVG)),
  });
  await alice.postData('/avatar', withFiles({ 'a.png': PIXEL }, undefined, 'avatar'));
  names.chunk = readdirSync('.next/static/chunks').find((name) => name.endsWith('.js')) ?? '';
  names.slot = await placeFor('a.txt', 'text/plain', 5);
});

afterAll(async () => {
  await door?.close();
  await server?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const asAlice = () => ({ cookie: alice.cookie });
const asAnn = () => ({ authorization: `Bearer ${ann.tokens.accessToken}` });

function asking(name = 'a.txt', type = 'text/plain', size = 5) {
  return {
    path: '/api/uploadthing?actionType=upload&slug=attachment',
    body: Buffer.from(JSON.stringify({ files: [{ name, size, type }], input: null })),
    headers: { ...JSON_BODY, 'x-uploadthing-package': 'parley', 'x-uploadthing-version': '7.7.4' },
  };
}

async function placeFor(name: string, type: string, size: number): Promise<string> {
  const { path, body, headers } = asking(name, type, size);
  const answer = await door.ask({ method: 'POST', path, body, headers: { ...headers, ...asAlice() } });
  return (JSON.parse(answer.text) as { url: string }[])[0]?.url ?? '';
}

function formOf(name: string, bytes: Buffer): Buffer {
  const head = `--x\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--x--\r\n')]);
}

const MULTIPART = { 'content-type': 'multipart/form-data; boundary=x' };

/** Uploads as alice and returns the name under which it is served. */
async function upload(name: string, type: string, bytes: Buffer): Promise<string> {
  const path = await placeFor(name, type, bytes.length);
  const headers = { ...asAlice(), ...MULTIPART };
  const answer = await door.ask({ method: 'PUT', path, headers, body: formOf(name, bytes) });
  return (JSON.parse(answer.text) as { serverData: { name: string } }).serverData.name;
}

type Kind = {
  path: string | (() => string);
  method?: string;
  headers?: () => Record<string, string>;
  body?: string | Buffer;
  status: number;
  /** where an answer may be kept; `no-store` unless said otherwise */
  cache?: RegExp;
  type?: RegExp;
  cookies?: number;
  /** which other origins' scripts may read it */
  readers?: string;
  /** the answer goes on until the asker leaves */
  streams?: true;
  more?: (answer: Answer) => void;
};

const PRIVATE = /^private, max-age=\d+/;
const NEXTS = /no-store/;
const html = /^text\/html; charset=utf-8$/;
const json = /^application\/json/;
const download = (answer: Answer) => {
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename=/);
  expect(answer.headers.get('content-security-policy')).toMatch(/sandbox/);
};
const KINDS: Record<string, Kind> = {
  'the start page': {
    path: '/',
    headers: () => ({ ...BROWSER, ...asAlice() }),
    status: 200,
    type: html,
    cache: NEXTS,
  },
  'a page of the chat': {
    path: '/chat/general',
    headers: () => ({ ...BROWSER, ...asAlice() }),
    status: 200,
    type: html,
    cache: NEXTS,
  },
  'the login page': { path: '/login', headers: () => BROWSER, status: 200, type: html, cache: NEXTS },
  'the sign-up page': { path: '/signup', headers: () => BROWSER, status: 200, type: html, cache: NEXTS },
  'a page that is not there': {
    path: '/nowhere',
    headers: () => BROWSER,
    status: 404,
    type: html,
    cache: NEXTS,
  },
  'a path that is not there': {
    path: '/nowhere',
    headers: () => ({ accept: 'application/json' }),
    status: 404,
    type: json,
  },
  'a path that can not be read': { path: '/%zz', status: 400, type: html },
  'the way to sign in': { path: '/chat/general', headers: () => BROWSER, status: 302 },
  'the wrong method of a page': { path: '/chat', method: 'DELETE', status: 405 },
  'the wrong method of a call': { path: '/channels', method: 'PATCH', status: 405 },
  'the wrong method of a file': { path: '/sw.js', method: 'POST', status: 405 },
  'the wrong method of an upload': { path: '/api/uploadthing', method: 'GET', status: 405 },
  TRACE: { path: '/login', method: 'TRACE', status: 405 },
  health: { path: '/health', status: 200, type: json },
  'health in a word': {
    path: '/health',
    headers: () => ({ accept: 'text/plain' }),
    status: 200,
    type: /^text\/plain; charset=utf-8$/,
  },
  readiness: { path: '/health/ready', status: 200, type: json },

  'Minimost: JSON': { path: '/channels', headers: asAlice, status: 200, type: json },
  'Minimost: a message': {
    path: '/send/general',
    method: 'POST',
    headers: () => ({ ...FORM, ...asAlice() }),
    body: 'text=hi',
    status: 200,
  },
  'Minimost: not found': { path: '/message/999999', headers: asAlice, status: 404 },
  'Minimost: to strangers': { path: '/channels', status: 302 },
  'Minimost: OPTIONS': {
    path: '/private_channels',
    method: 'OPTIONS',
    headers: () => ({ origin: FOREIGN }),
    status: 204,
  },
  'Minimost: from another site': {
    path: '/send/general',
    method: 'POST',
    headers: () => ({ ...FORM, ...asAlice(), origin: FOREIGN }),
    body: 'text=hi',
    status: 403,
  },
  'Minimost: signing in': {
    path: '/login',
    method: 'POST',
    headers: () => FORM,
    body: 'username=alice&password=Passw0rd!',
    status: 302,
    cookies: 1,
  },
  'Minimost: not signing in': {
    path: '/login',
    method: 'POST',
    headers: () => ({ ...FORM, ...BROWSER }),
    body: 'username=alice&password=wrong',
    status: 200,
    type: html,
    cache: NEXTS,
  },
  'Minimost: events': {
    path: '/events?channel=general',
    headers: () => ({ ...asAlice(), accept: 'text/event-stream' }),
    status: 200,
    type: /^text\/event-stream/,
    cache: /^no-cache/,
    streams: true,
  },
  'a file': {
    path: () => `/files/${names.text}`,
    headers: asAlice,
    status: 200,
    cache: PRIVATE,
    more: download,
  },
  'a file that is a page': {
    path: () => `/files/${names.page}`,
    headers: asAlice,
    status: 200,
    cache: PRIVATE,
    more: download,
  },
  'a drawing': {
    path: () => `/files/${names.drawing}`,
    headers: asAlice,
    status: 200,
    cache: PRIVATE,
    type: /^image\/svg/,
    more: download,
  },
  'a picture': {
    path: () => `/files/${names.picture}`,
    headers: asAlice,
    status: 200,
    cache: PRIVATE,
    type: /^image\/png$/,
    more: ({ headers }) => expect(headers.get('content-security-policy')).toMatch(/sandbox/),
  },
  'a piece of a file': {
    path: () => `/files/${names.text}`,
    headers: () => ({ ...asAlice(), range: 'bytes=0-1' }),
    status: 206,
    cache: PRIVATE,
  },
  'no piece of a file': {
    path: () => `/files/${names.text}`,
    headers: () => ({ ...asAlice(), range: 'bytes=99-' }),
    status: 416,
    cache: PRIVATE,
  },
  'a known file': {
    path: () => `/files/${names.text}`,
    headers: () => ({ ...asAlice(), 'if-none-match': '*' }),
    status: 304,
    cache: PRIVATE,
  },
  'HEAD of a file': {
    path: () => `/files/${names.text}`,
    method: 'HEAD',
    headers: asAlice,
    status: 200,
    cache: PRIVATE,
  },
  'a file that is not there': {
    path: '/files/0123456789abcdef0123456789abcdef.txt',
    headers: asAlice,
    status: 404,
  },
  'an avatar': { path: '/avatar/alice', headers: asAlice, status: 200, cache: /private/, type: /^image\// },

  'MikroChat: JSON': { path: '/users', headers: asAnn, readers: '*', status: 200, type: json },
  'MikroChat: to another origin': {
    path: '/channels',
    headers: () => ({ ...asAnn(), origin: FOREIGN }),
    status: 200,
    type: json,
    readers: FOREIGN,
  },
  'MikroChat: a preflight': {
    path: '/channels/1/messages',
    method: 'OPTIONS',
    headers: () => ({ origin: FOREIGN, 'access-control-request-method': 'POST' }),
    status: 204,
    readers: FOREIGN,
  },
  'MikroChat: a bad token': {
    path: '/users',
    headers: () => ({ authorization: 'Bearer x' }),
    readers: '*',
    status: 401,
    type: json,
  },
  'MikroChat: signing in': {
    path: '/auth/password-login',
    method: 'POST',
    headers: () => JSON_BODY,
    body: '{"email":"ann@example.org","password":"Passw0rd!"}',
    readers: '*',
    status: 200,
    type: json,
  },
  'MikroChat: no JSON': {
    path: '/users/me',
    method: 'PUT',
    headers: () => ({ ...asAnn(), ...JSON_BODY }),
    body: '{',
    readers: '*',
    status: 400,
    type: json,
  },
  'MikroChat: its own not found': {
    path: '/compat/mikrochat/nowhere',
    readers: '*',
    status: 404,
    type: json,
  },
  'MikroChat: events': {
    path: '/compat/mikrochat/events',
    headers: asAnn,
    readers: '*',
    status: 200,
    type: /^text\/event-stream/,
    cache: /^no-cache/,
    streams: true,
  },
  'MikroChat: to a provider': {
    path: '/auth/oauth/home',
    readers: '*',
    status: 302,
    more: ({ headers }) => expect(headers.get('location')).toMatch(/^https:\/\/id\.example\/authorize\?/),
  },
  'MikroChat: back from a provider': {
    path: '/auth/oauth/home/callback?state=x&code=y',
    readers: '*',
    status: 302,
  },

  'the web app: a call': { path: '/api/trpc/session.bootstrap', headers: asAlice, status: 200, type: json },
  'the web app: a call by a stranger': { path: '/api/trpc/session.bootstrap', status: 401, type: json },
  'the web app: no such call': { path: '/api/trpc/nothing', status: 404, type: json },
  'the web app: its stream': {
    path: '/api/trpc/live.events?input=%7B%22json%22%3A%7B%7D%7D',
    headers: () => ({ ...asAlice(), accept: 'text/event-stream' }),
    status: 200,
    type: /^text\/event-stream/,
    cache: /^no-cache/,
    streams: true,
  },
  'the web app: to a provider': { path: '/api/sign-in/provider/home', status: 303, cookies: 1 },
  'the web app: back from a provider': {
    path: '/auth/oauth/home/callback?state=x&code=y',
    headers: () => ({ cookie: `oauth_state=${'0'.repeat(64)}` }),
    readers: '*',
    status: 302,
    cookies: 1,
  },
  'the web app: a step of signing in': {
    path: '/api/sign-in/nothing',
    method: 'POST',
    headers: () => FORM,
    body: 'a=b',
    status: 404,
  },
  'signing out': { path: '/logout', headers: () => ({ cookie: leaving }), status: 302, cookies: 1 },

  'a place to upload to': {
    path: asking().path,
    method: 'POST',
    headers: () => ({ ...asking().headers, ...asAlice() }),
    body: asking().body,
    status: 200,
    type: json,
  },
  'no place to upload to': {
    path: '/api/uploadthing',
    method: 'POST',
    headers: () => JSON_BODY,
    body: '{}',
    status: 401,
    type: json,
  },
  'an upload': {
    path: () => names.slot,
    method: 'PUT',
    headers: () => ({ ...asAlice(), ...MULTIPART }),
    body: formOf('a.txt', Buffer.from('hello')),
    status: 200,
    type: json,
  },
  'a preview without a picture': {
    path: '/api/preview-image?url=http://127.0.0.1:1/',
    headers: asAlice,
    status: 204,
    cache: PRIVATE,
  },
  'an export': { path: '/api/server-export', headers: asAlice, status: 200, type: json },
  'an export for others': { path: '/api/server-export', status: 401 },

  'a chunk of the app': {
    path: () => `/_next/static/chunks/${names.chunk}`,
    status: 200,
    type: /^text\/javascript; charset=utf-8$/,
    cache: /^public, max-age=31536000, immutable$/,
  },
  'the service worker': {
    path: '/sw.js',
    status: 200,
    type: /^text\/javascript; charset=utf-8$/,
    cache: /^public, max-age=0/,
  },
  'the reference': { path: '/docs/mikrochat', status: 200, type: html, cache: /^public, max-age=300$/ },
  'an OpenAPI document': { path: '/docs/minimost/openapi.json', status: 200, type: json },
};

let leaving = '';

/** Asks, and of an answer that never ends reads the head alone. */
async function ask(kind: Kind, more: Record<string, string>): Promise<Answer> {
  const path = typeof kind.path === 'string' ? kind.path : kind.path();
  const headers = { ...kind.headers?.(), ...more };
  const method = kind.method ?? 'GET';
  if (!kind.streams)
    return door.ask({
      method,
      path,
      headers,
      body: kind.body === undefined ? undefined : Buffer.from(kind.body),
    });
  return new Promise((resolve, reject) => {
    const asking = get(`${server.baseUrl}${path}`, { agent: false, headers }, (answer) => {
      const received = Object.entries(answer.headers).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]);
      resolve({
        status: answer.statusCode ?? 0,
        headers: new Headers(received),
        bytes: Buffer.alloc(0),
        text: '',
      });
      asking.destroy();
    });
    asking.on('error', reject);
  });
}

/** The directives of a policy by name. */
function policyOf({ headers }: Answer): Map<string, string> {
  const policy = headers.get('content-security-policy') ?? '';
  return new Map(
    policy.split(';').map((directive) => {
      const [name = '', ...values] = directive.trim().split(/\s+/);
      return [name, values.join(' ')];
    }),
  );
}

describe.each([
  ['in the clear', 'http'],
  ['over TLS', 'https'],
])('%s, every answer forbids what nobody needs', (_where, scheme) => {
  it.each(Object.entries(KINDS))('%s', async (_name, kind) => {
    if (kind.path === '/logout') {
      const again = await door.ask({
        method: 'POST',
        path: '/login',
        headers: FORM,
        body: Buffer.from('username=alice&password=Passw0rd!'),
      });
      leaving = again.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    }
    const answer = await ask(kind, { 'x-forwarded-proto': scheme });
    const { headers } = answer;
    expect(answer.status, answer.text.slice(0, 500)).toBe(kind.status);

    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toMatch(/^(?:same-origin|no-referrer)$/);
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('permissions-policy')).toContain('camera=()');
    const policy = policyOf(answer);
    expect(policy.get('frame-ancestors')).toBe("'none'");
    expect(policy.get('base-uri')).toBe("'none'");
    expect(policy.get('object-src') ?? policy.get('default-src')).toBe("'none'");
    const scripts = policy.get('script-src') ?? policy.get('default-src') ?? '*';
    expect(scripts).toMatch(/^(?:'none'|'nonce-[\w+/=]+' 'strict-dynamic')$/);
    expect(policy.get('style-src') ?? "'self'").not.toMatch(/\*|https?:/);

    expect(headers.get('strict-transport-security')).toBe(scheme === 'https' ? 'max-age=31536000' : null);
    expect(headers.get('cache-control')).toMatch(kind.cache ?? /^no-store$/);
    if (kind.type) expect(headers.get('content-type')).toMatch(kind.type);
    if (answer.bytes.length > 0) expect(headers.get('content-type')).toMatch(/^[a-z]+\/[\w.+-]+/);
    const mayRead = headers.get('access-control-allow-origin');
    expect(mayRead).toBe(kind.readers ?? null);
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    for (const name of ['x-powered-by', 'server', 'x-nextjs-cache'])
      expect(headers.get(name), name).toBeNull();
    expect(headers.get('x-request-id')).toMatch(/^[\w-]+$/);

    const cookies = headers.getSetCookie();
    expect(cookies).toHaveLength(kind.cookies ?? 0);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/; HttpOnly/);
      expect(cookie).toMatch(/; SameSite=Lax/);
      expect(cookie).toMatch(/; Path=\//);
      expect(cookie.includes('; Secure')).toBe(scheme === 'https');
      expect(cookie).not.toMatch(/Domain=/i);
      expect(cookie.length).toBeLessThan(4096);
    }
    kind.more?.(answer);
  });
});
