import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { fileResponse } from '#server/dialects/kit/file-response';

const bytes = '0123456789';
const opened: string[] = [];

function file(changes = {}) {
  return {
    name: 'f.png',
    originalName: 'a.png',
    mediaType: 'image/png',
    size: bytes.length,
    etag: '"f.png"',
    inline: true,
    read: async (range?: { start: number; end: number }) => {
      opened.push(JSON.stringify(range ?? null));
      return Readable.from([Buffer.from(range ? bytes.slice(range.start, range.end + 1) : bytes)]);
    },
    ...changes,
  };
}

const ask = (headers: Record<string, string> = {}, changes = {}, method = 'GET') =>
  fileResponse(file(changes), new Request('http://h/files/f.png', { method, headers }), 'private');

describe('a file', () => {
  test('comes whole, and can neither be sniffed nor run', async () => {
    const answer = await ask();
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': '10',
      'content-disposition': 'inline',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(/^sandbox/),
      etag: '"f.png"',
    });
    expect(await answer.text()).toBe(bytes);
  });

  test('fetches nothing when it is a drawing [MK-50]', async () => {
    const answer = await ask({}, { mediaType: 'image/svg+xml', inline: false });
    expect(answer.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'; base-uri 'none'",
    );
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('is a download under its own name unless it may be shown', async () => {
    const answer = await ask({}, { inline: false, originalName: 'Üb"er\r\n.html' });
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="_b_er__.html"; filename*=UTF-8''%C3%9Cb%22er%0D%0A.html`,
    );
  });

  test('answers HEAD and a known version without being opened', async () => {
    opened.length = 0;
    expect((await ask({}, {}, 'HEAD')).headers.get('content-length')).toBe('10');
    expect((await ask({ 'if-none-match': 'W/"f.png", "x"' })).status).toBe(304);
    expect(opened).toEqual([]);
  });

  test.each([
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=8-', 206, '89', 'bytes 8-9/10'],
    ['bytes=-3', 206, '789', 'bytes 7-9/10'],
    ['bytes=-99', 206, bytes, 'bytes 0-9/10'],
    ['bytes=5-99', 206, '56789', 'bytes 5-9/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=-0', 416, '', 'bytes */10'],
    ['bytes=3-1', 200, bytes, null],
    ['bytes=0-1,4-5', 200, bytes, null],
    ['bytes=-', 200, bytes, null],
    ['lines=1-2', 200, bytes, null],
  ])('in the range %s', async (range, status, body, contentRange) => {
    const answer = await ask({ range });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-range')).toBe(contentRange);
    expect(await answer.text()).toBe(body);
  });

  test('comes whole when a range was meant for another version', async () => {
    expect((await ask({ range: 'bytes=0-3', 'if-range': '"old"' })).status).toBe(200);
    expect((await ask({ range: 'bytes=0-3', 'if-range': '"f.png"' })).status).toBe(206);
  });
});
