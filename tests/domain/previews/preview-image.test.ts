import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#server/domain/kernel/actor';
import { previewImage } from '#server/domain/previews/preview-image';
import { settings } from '#server/platform/settings';
import { handlePreviewImage } from '#server/previews/routes';
import { picture } from '#tests/support/pictures';
import { serveWeb, type WebServer } from '#tests/support/web-server';

const alice: Actor = { accountId: 1, username: 'alice', role: 'member', sessionId: 1, face: 'web' };

let web: WebServer;
let images: Record<string, Buffer | string>;

beforeEach(async () => {
  images = {};
  web = await serveWeb((req, res) => {
    const { pathname } = new URL(req.url ?? '/', 'http://web');
    const image = images[pathname];
    if (image !== undefined) return res.end(image);
    res.setHeader('content-type', 'text/html');
    res.end(`<title>a page</title><meta property="og:image" content="${pathname.slice('/page'.length)}">`);
  });
  settings().link_preview_allowed_origins = [web.origin];
});

afterEach(() => web.close());

/** A small PNG whose header says that it is a large one. */
async function claiming(width: number, height: number): Promise<Buffer> {
  const bytes = await picture('png');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
  return bytes;
}

const imageOf = (path: string) => previewImage(alice, `${web.origin}/page${path}`);

describe('the picture of a preview', () => {
  it('is made small, and fetched once', async () => {
    images['/large.png'] = await picture('png', { width: 3000, height: 1500 });
    const small = await imageOf('/large.png');
    expect(await sharp(small as Buffer).metadata()).toMatchObject({
      format: 'webp',
      width: 640,
      height: 320,
    });
    expect(await imageOf('/large.png')).toEqual(small);
    expect(web.requests).toEqual(['/page/large.png', '/large.png']);
  });

  it('is not made larger than it is', async () => {
    images['/small.jpg'] = await picture('jpeg', { width: 20, height: 10 });
    expect(await sharp((await imageOf('/small.jpg')) as Buffer).metadata()).toMatchObject({
      width: 20,
      height: 10,
    });
  });

  it('is nothing when the page has none or it can’t be one', async () => {
    images['/page.html'] = '<p>not a picture</p>';
    images['/drawing.svg'] = '<svg xmlns="http://www.w3.org/2000/svg"/>';
    images['/broken.png'] = (await picture('png')).subarray(0, 60);
    images['/huge.png'] = await claiming(9_000, 9_000);
    images['/heavy.png'] = Buffer.concat([await picture('png'), Buffer.alloc(6 * 1024 * 1024)]);
    for (const path of ['', '/page.html', '/drawing.svg', '/broken.png', '/huge.png', '/heavy.png']) {
      expect([path, await imageOf(path)]).toEqual([path, null]);
    }
    expect(await previewImage(alice, 'http://127.0.0.1/')).toBeNull();
    expect(await previewImage(alice, '')).toBeNull();
  });

  it('is not fetched from inside, whatever page names it', async () => {
    const inside = await serveWeb(async (_req, res) => res.end(await picture('png')));
    images['/linking'] = `<title>t</title><meta property="og:image" content="${inside.origin}/secret.png">`;
    expect(await previewImage(alice, `${web.origin}/linking`)).toBeNull();
    expect(inside.requests).toEqual([]);
    await inside.close();
  });

  it('is for people who are signed in', async () => {
    const url = `http://parley.example/api/preview-image?url=${encodeURIComponent(`${web.origin}/page`)}`;
    expect((await handlePreviewImage(new Request(url))).status).toBe(401);
    expect(web.requests).toEqual([]);
  });
});
