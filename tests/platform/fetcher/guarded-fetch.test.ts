import { lookup } from 'node:dns/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { guardedFetch } from '#server/platform/fetcher/guarded-fetch';
import { serveWeb, type WebServer } from '#tests/support/web-server';

vi.mock('node:dns/promises', () => ({ lookup: vi.fn() }));

/** What the name servers of this world say. */
function resolving(names: Record<string, string[]>): void {
  vi.mocked(lookup).mockImplementation((async (host: string) => {
    const addresses = names[host];
    if (!addresses) throw Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND' });
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  }) as never);
}

const OPTIONS = { timeoutMs: 2_000, limitBytes: 64 * 1024, allowedOrigins: [] as string[], accept: '*/*' };
const fetchIt = (url: string, more: Partial<typeof OPTIONS> & { enough?: (bytes: Buffer) => boolean } = {}) =>
  guardedFetch(new URL(url), { ...OPTIONS, ...more });
const blocked = { name: 'BlockedUrl' };

let web: WebServer;
let elsewhere: WebServer;

beforeEach(async () => {
  resolving({});
  elsewhere = await serveWeb((_req, res) => res.end('secret'));
  web = await serveWeb((req, res) => {
    const url = new URL(req.url ?? '/', 'http://web');
    switch (url.pathname) {
      case '/to':
        return res.writeHead(302, { location: url.searchParams.get('url') ?? '' }).end();
      case '/loop':
        return res.writeHead(302, { location: '/loop' }).end();
      case '/large':
        return res.end(Buffer.alloc(1024 * 1024, 'x'));
      case '/bomb':
        return res
          .writeHead(200, { 'content-encoding': 'gzip' })
          .end(gzipSync(Buffer.alloc(50 * 1024 * 1024)));
      case '/gzip':
        return res.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('unpacked'));
      case '/odd-encoding':
        return res.writeHead(200, { 'content-encoding': 'zstd' }).end('?');
      case '/broken-gzip':
        return res.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip at all');
      case '/silent':
        return;
      case '/stuck':
        return res.write('beginning');
      case '/missing':
        return res.writeHead(404).end('nothing');
      case '/headers':
        return res.end(JSON.stringify(req.headers));
      case '/reset':
        return res.socket?.destroy();
      default:
        return res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('hello');
    }
  });
});

afterEach(async () => {
  await web.close();
  await elsewhere.close();
});

describe('the guarded fetcher', () => {
  const allowed = () => ({ allowedOrigins: [web.origin] });

  it('fetches', async () => {
    expect(await fetchIt(`${web.origin}/page#part`, allowed())).toEqual({
      url: `${web.origin}/page#part`,
      contentType: 'text/html; charset=utf-8',
      bytes: Buffer.from('hello'),
    });
  });

  it.each([
    'http://127.0.0.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1/',
    'http://0x7f.1/',
    'http://2130706433/',
    'http://017700000001/',
    'http://127.1/',
    'http://localhost/',
    'http://localhost.localdomain/',
    'http://LOCALHOST:80/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'gopher://example.com/',
    'data:text/html,hello',
    'http://unknown.example/',
  ])('does not go to %s', async (url) => {
    await expect(fetchIt(url)).rejects.toMatchObject(blocked);
  });

  it('does not go to a name of which any address is private', async () => {
    resolving({
      'half.example': ['93.184.216.34', '10.0.0.7'],
      'six.example': ['2606:4700::1111', 'fd00::1'],
    });
    await expect(fetchIt('http://half.example/')).rejects.toMatchObject(blocked);
    await expect(fetchIt('http://six.example/')).rejects.toMatchObject(blocked);
  });

  it('does not follow a redirect to a private address', async () => {
    resolving({ 'inside.example': ['127.0.0.1'] });
    for (const target of [
      elsewhere.origin,
      `http://inside.example:${elsewhere.port}/`,
      'file:///etc/passwd',
    ]) {
      const url = `${web.origin}/to?url=${encodeURIComponent(target)}`;
      await expect(fetchIt(url, allowed())).rejects.toMatchObject(blocked);
    }
    expect(elsewhere.requests).toEqual([]);
  });

  it('follows redirects that stay allowed, and reports where they ended', async () => {
    const url = `${web.origin}/to?url=${encodeURIComponent('/to?url=/page')}`;
    expect(await fetchIt(url, allowed())).toMatchObject({ url: `${web.origin}/page` });
  });

  it('gives up on endless redirects and on those to nowhere', async () => {
    expect(await fetchIt(`${web.origin}/loop`, allowed())).toBeNull();
    expect(web.requests).toHaveLength(6);
    expect(await fetchIt(`${web.origin}/to?url=http://[`, allowed())).toBeNull();
  });

  it('connects to the address it checked, without asking for the name again', async () => {
    // The second answer is an attacker's change of mind between check and connection.
    vi.mocked(lookup)
      .mockImplementationOnce((async () => [{ address: '127.0.0.1', family: 4 }]) as never)
      .mockImplementationOnce((async () => [{ address: '127.0.0.2', family: 4 }]) as never);
    vi.mocked(lookup).mockClear();
    const origin = `http://wiki.example:${web.port}`;
    const fetched = await fetchIt(`${origin}/headers`, { allowedOrigins: [origin] });
    expect(JSON.parse(String(fetched?.bytes))).toMatchObject({ host: `wiki.example:${web.port}` });
    expect(lookup).toHaveBeenCalledTimes(1);
  });

  it('allows an origin exactly: not its neighbours on other ports or schemes', async () => {
    await expect(fetchIt(`${elsewhere.origin}/`, allowed())).rejects.toMatchObject(blocked);
    await expect(fetchIt(`https://127.0.0.1:${web.port}/`, allowed())).rejects.toMatchObject(blocked);
  });

  it('drops user names and passwords', async () => {
    const fetched = await fetchIt(`http://user:secret@127.0.0.1:${web.port}/headers`, allowed());
    expect(JSON.parse(String(fetched?.bytes))).not.toHaveProperty('authorization');
    expect(fetched?.url).not.toContain('secret');
  });

  it('answers nothing for anything but a success', async () => {
    for (const path of ['/missing', '/reset', '/broken-gzip', '/odd-encoding']) {
      expect(await fetchIt(web.origin + path, allowed())).toBeNull();
    }
    await web.close();
    expect(await fetchIt(`${web.origin}/page`, allowed())).toBeNull();
    web = await serveWeb((_req, res) => res.end());
  });

  it('reads no more than it was told, also of what unpacks to far more', async () => {
    expect((await fetchIt(`${web.origin}/large`, allowed()))?.bytes).toHaveLength(64 * 1024);
    const before = process.memoryUsage().rss;
    expect((await fetchIt(`${web.origin}/bomb`, allowed()))?.bytes).toHaveLength(64 * 1024);
    expect(process.memoryUsage().rss - before).toBeLessThan(40 * 1024 * 1024);
    expect(String((await fetchIt(`${web.origin}/gzip`, allowed()))?.bytes)).toBe('unpacked');
  });

  it('stops reading when it has seen enough, even if the rest never comes', async () => {
    const enough = (bytes: Buffer) => bytes.includes('beginning');
    expect((await fetchIt(`${web.origin}/stuck`, { ...allowed(), enough }))?.bytes.toString()).toBe(
      'beginning',
    );
  });

  it('waits no longer than it was told', async () => {
    for (const path of ['/silent', '/stuck']) {
      const start = performance.now();
      expect(await fetchIt(web.origin + path, { ...allowed(), timeoutMs: 200 })).toBeNull();
      expect(performance.now() - start).toBeLessThan(1_500);
    }
    vi.mocked(lookup).mockImplementation((() => new Promise(() => {})) as never);
    await expect(fetchIt('http://slow.example/', { timeoutMs: 200 })).rejects.toMatchObject(blocked);
  });
});
