import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settings } from '#server/platform/settings';
import { withPeople } from '#tests/support/minimost-people';
import { serveWeb, type WebServer } from '#tests/support/web-server';

const people = withPeople();
let web: WebServer;
const CODE = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`).join('\n');

beforeAll(async () => {
  web = await serveWeb((req, res) => {
    const path = (req.url ?? '').split('?')[0] ?? '';
    if (path === '/page') {
      const title = 'T'.repeat(300);
      const meta = `<meta property="og:title" content="${title}"><meta property="og:description" content="${'D'.repeat(500)}">`;
      return res.writeHead(200, { 'content-type': 'text/html' }).end(`<head>${meta}</head>`);
    }
    if (path === '/inward')
      return res.writeHead(302, { location: 'http://127.0.0.1:1/latest/meta-data' }).end();
    if (path.startsWith('/rest/api/1.0/projects/P/repos/R/raw/')) return res.writeHead(200).end(CODE);
    res.writeHead(404).end();
  });
  settings().link_preview_allowed_origins = [web.origin];
});
afterAll(() => web?.close());

const preview = (url: string) => people.alice.read(`/link_preview?url=${encodeURIComponent(url)}`);

describe('a link', () => {
  test('MM-78 that leads nowhere, inward or elsewhere than the web shows nothing, with 200', async () => {
    expect(await people.alice.read('/link_preview')).toEqual({});
    const links = [
      '',
      '   ',
      'not a url',
      'ftp://example.com/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'http://',
      'http://localhost/',
      'http://localhost.localdomain/',
      'http://127.0.0.1/',
      'http://127.1/',
      'http://0x7f000001/',
      'http://2130706433/',
      'http://10.0.0.1/',
      'http://192.168.1.1/',
      'http://169.254.169.254/latest/meta-data/',
      'http://100.64.0.1/',
      'http://0.0.0.0/',
      'http://[::1]/',
      'http://[::ffff:127.0.0.1]/',
      'http://[fe80::1]/',
      'http://[fd00::1]/',
      'http://[2002:7f00:1::]/',
      'http://[64:ff9b::7f00:1]/',
      'http://user:pass@127.0.0.1/',
      'http://nothing-here.invalid/',
      `${web.origin}/missing`,
      `${web.origin}/inward`,
      `http://example.com/${'x'.repeat(5000)}\u0000`,
    ];
    for (const link of links) expect(await preview(link), link.slice(0, 60)).toEqual({});
  });

  test('MM-79 to a page shows six fields, to a file ten', async () => {
    expect(await preview(` ${web.origin}/page `)).toEqual({
      type: 'og',
      title: 'T'.repeat(200),
      description: 'D'.repeat(400),
      image: '',
      domain: new URL(web.origin).host,
      url: `${web.origin}/page`,
    });
    const url = `${web.origin}/projects/P/repos/R/browse/src/Main.PY#3-5`;
    expect(await preview(url)).toEqual({
      type: 'code',
      filename: 'Main.PY',
      filepath: 'src/Main.PY',
      language: 'py',
      first_line_num: 1,
      highlight_start: 3,
      highlight_end: 5,
      code: CODE,
      total_lines: 30,
      url,
    });
  });
});
