// Who answers what, asked of the built server over a bare socket where a client library would tidy the request up.
import { once } from 'node:events';
import { connect } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, inject, it } from 'vitest';
import { doorTo } from '#tests/support/door';
import { signUp } from '#tests/support/web-client';

const baseUrl = inject('baseUrl');
const door = doorTo(baseUrl);
const ask = (method: string, path: string, headers: Record<string, string> = {}) =>
  door.ask({ method, path, headers });

const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

/** Sends bytes and returns everything that comes back until the server closes. */
async function raw(bytes: string): Promise<string> {
  const { hostname, port } = new URL(baseUrl);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  let text = '';
  socket.on('data', (part) => {
    text += part;
  });
  socket.end(bytes);
  await once(socket, 'close');
  return text;
}

describe('health', () => {
  it('is JSON, or the plain word for who prefers plain text', async () => {
    expect(JSON.parse((await ask('GET', '/health')).text)).toEqual({ status: 'ok' });
    expect((await ask('GET', '/health', { accept: 'text/plain' })).text).toBe('OK');
    expect((await ask('GET', '/health', { accept: 'application/json, text/plain, */*' })).text).toContain(
      '{',
    );
    expect((await ask('GET', '/health/ready')).text).toBe('{"status":"ready","db":"ok","redis":"ok"}');
    expect((await ask('POST', '/health')).status).toBe(405);
  });
});

describe('what nobody answers', () => {
  it.each(['/chat/%ff', '/%', '/%zz', '/%00', '/channels/%c0%af', '*'])('%s is a 400', async (path) => {
    expect((await ask('GET', path)).status).toBe(400);
  });

  it.each([
    '//',
    '//evil.example/x',
    '/nope',
    '/.env',
    '/_next/static/../../package.json',
    '/%2e%2e/package.json',
  ])('%s is a 404', async (path) => {
    expect((await ask('GET', path)).status).toBe(404);
  });

  it('is said as JSON to programs, as a page to browsers', async () => {
    const program = await ask('GET', '/nope', { accept: 'application/json' });
    expect([program.status, program.text]).toEqual([404, '{"error":"not found"}']);
    const browser = await ask('GET', '/nope', BROWSER);
    expect([browser.status, browser.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
  });

  it('is a 405 with Allow where only the method is wrong', async () => {
    const answer = await ask('DELETE', '/chat');
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
    const options = await ask('OPTIONS', '/channels');
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, POST, OPTIONS']);
  });

  it('is refused in the words of HTTP when it is no HTTP', async () => {
    expect(await raw('nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await raw(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 /,
    );
    expect(await raw('GET http://127.0.0.1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 400 /,
    );
  });
});

describe('every answer', () => {
  it.each(['/health', '/nope', '/login', '/channels', '/api/trpc/session.bootstrap'])(
    'has the security headers (%s)',
    async (path) => {
      const { headers } = await ask('GET', path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'/);
      expect(headers.get('x-request-id')).toMatch(/^[\w-]+$/);
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  it('believes no proxy that it was not told to trust', async () => {
    const { headers } = await ask('GET', '/login', { 'x-forwarded-proto': 'https', 'x-request-id': 'mine' });
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('x-request-id')).not.toBe('mine');
  });
});

describe('pages', () => {
  it('run no script without the nonce of their own policy', async () => {
    const page = await ask('GET', '/login', BROWSER);
    const nonce = /'nonce-([^']+)'/.exec(page.headers.get('content-security-policy') ?? '')?.[1];
    expect(nonce).toBeTruthy();
    const scripts = [...page.text.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
    expect(scripts.length).toBeGreaterThan(1);
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
    expect((await ask('GET', '/login', BROWSER)).headers.get('content-security-policy')).not.toContain(nonce);
  });

  it('send strangers to sign in, and remember where they wanted to go', async () => {
    const start = await ask('GET', '/', BROWSER);
    expect([start.status, start.headers.get('location')]).toEqual([302, '/login']);
    const deep = await ask('GET', '/chat/dm/alice?message=4', BROWSER);
    expect(deep.headers.get('location')).toBe(
      `/login?next=${encodeURIComponent('/chat/dm/alice?message=4')}`,
    );
  });

  it('cannot be told from outside what a form had to say', async () => {
    const forged = { 'x-parley-form-error': 'bad_credentials', 'x-parley-form-username': 'forged' };
    const { text } = await ask('GET', '/login', { ...BROWSER, ...forged });
    expect(text).not.toContain('forged');
  });

  it('show the form again, with the name, when signing in fails', async () => {
    const body = Buffer.from('username=no-such-person&password=wrong');
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...BROWSER };
    const { status, text } = await door.ask({ method: 'POST', path: '/login', headers, body });
    expect(status).toBe(200);
    expect(text).toContain('no-such-person');
    expect(text).toMatch(/role="alert"/);
  });
});

describe('files of the app', () => {
  it('come compressed for whoever takes it, and are never asked for again', async () => {
    const page = await ask('GET', '/login', BROWSER);
    const script = /src="(\/_next\/static\/[^"]+\.js)"/.exec(page.text)?.[1] as string;
    const plain = await ask('GET', script);
    expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(plain.headers.get('content-type')).toMatch(/^text\/javascript/);
    const br = await ask('GET', script, { 'accept-encoding': 'gzip, deflate, br' });
    expect(br.headers.get('content-encoding')).toBe('br');
    expect(brotliDecompressSync(br.bytes).equals(plain.bytes)).toBe(true);
    const gzip = await ask('GET', script, { 'accept-encoding': 'gzip, br;q=0' });
    expect(gunzipSync(gzip.bytes).equals(plain.bytes)).toBe(true);
    const head = await ask('HEAD', script);
    expect([head.status, head.bytes.length]).toEqual([200, 0]);
    const again = await ask('GET', script, { 'if-none-match': plain.headers.get('etag') as string });
    expect(again.status).toBe(304);
  });
});

describe('a slow client', () => {
  it('does not keep others from being answered', async () => {
    const { hostname, port } = new URL(baseUrl);
    const slow = Array.from({ length: 50 }, () => connect(Number(port), hostname));
    for (const socket of slow) socket.write('GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: ');
    const alice = await signUp(baseUrl, 'quick');
    expect(await alice.send('general', 'still here')).toBe(200);
    for (const socket of slow) socket.destroy();
  });
});
