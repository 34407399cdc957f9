import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#server/domain/kernel/actor';
import { linkPreview } from '#server/domain/previews/link-preview';
import { advanceClock, holdClock, releaseClock } from '#server/platform/clock';
import { settings } from '#server/platform/settings';
import { serveWeb, type WebServer } from '#tests/support/web-server';

const alice: Actor = { accountId: 1, username: 'alice', role: 'member', sessionId: 1, face: 'web' };

type Site = Record<string, string | ((req: IncomingMessage, res: ServerResponse) => void)>;

let web: WebServer;
let site: Site;

beforeEach(async () => {
  site = {};
  web = await serveWeb((req, res) => {
    const page = site[new URL(req.url ?? '/', 'http://web').pathname];
    if (typeof page === 'function') return page(req, res);
    if (page === undefined) return res.writeHead(404).end();
    res
      .writeHead(200, { 'content-type': page.trimStart().startsWith('<') ? 'text/html' : 'text/plain' })
      .end(page);
  });
  settings().link_preview_allowed_origins = [web.origin];
});

afterEach(() => web.close());

const preview = (path: string) => linkPreview(alice, web.origin + path);
const host = () => new URL(web.origin).host;

describe('the preview of a page', () => {
  it('has what OpenGraph says [MM-79]', async () => {
    site['/page'] = `<!doctype html><html><head>
      <meta property="og:title" content="Page Title"><meta property="og:description" content="About &amp; more">
      <meta property="og:image" content="https://example.com/i.png"><title>Other</title></head><body></body></html>`;
    expect(await preview('/page')).toEqual({
      type: 'og',
      title: 'Page Title',
      description: 'About & more',
      image: 'https://example.com/i.png',
      domain: host(),
      url: `${web.origin}/page`,
    });
  });

  it('prefers OpenGraph to Twitter to plain HTML, in whatever order they come', async () => {
    site['/all'] =
      `<title>html</title><meta name="description" content="html d"><meta name="twitter:card" content="summary">
      <meta name="twitter:title" content="twitter"><meta name="twitter:description" content="twitter d">
      <meta property="og:title" content="og"><meta property="og:title" content="second">`;
    expect(await preview('/all')).toMatchObject({ title: 'og', description: 'twitter d', image: '' });
    site['/twitter'] =
      '<title>html</title><meta name="twitter:title" content="twitter"><meta name="twitter:image" content="/i.png">';
    expect(await preview('/twitter')).toMatchObject({ title: 'twitter', image: `${web.origin}/i.png` });
    site['/plain'] =
      '<head><title> A\n <b>plain</b> title &mdash; &#x1F600;</title><meta name="description" content="d">';
    expect(await preview('/plain')).toMatchObject({ title: 'A <b>plain</b> title — 😀', description: 'd' });
  });

  it('is nothing without a title', async () => {
    site['/untitled'] = '<meta property="og:description" content="d"><meta property="og:title" content="  ">';
    expect(await preview('/untitled')).toBeNull();
  });

  it('looks at the head only', async () => {
    site['/body'] =
      '<head></head><body><title>in the body</title><meta property="og:title" content="x"></body>';
    expect(await preview('/body')).toBeNull();
  });

  it('is cut to length between characters', async () => {
    site['/long'] =
      `<meta property="og:title" content="${'😀'.repeat(300)}"><meta property="og:description" content="${'d'.repeat(500)}">`;
    const found = await preview('/long');
    expect(found).toMatchObject({ title: '😀'.repeat(200), description: 'd'.repeat(400) });
  });

  it('never hands out an image that is not on the web', async () => {
    site['/js'] = '<title>t</title><meta property="og:image" content="javascript:alert(1)">';
    site['/data'] = '<title>t</title><meta property="og:image" content="data:image/png;base64,AA">';
    expect(await preview('/js')).toMatchObject({ image: '' });
    expect(await preview('/data')).toMatchObject({ image: '' });
  });

  it('reads the encoding that the page is in', async () => {
    const latin = Buffer.from('<title>Grüße</title>', 'latin1');
    site['/header'] = (_req, res) =>
      res.writeHead(200, { 'content-type': 'text/html; charset=ISO-8859-1' }).end(latin);
    site['/undeclared'] = (_req, res) => res.writeHead(200, { 'content-type': 'text/html' }).end(latin);
    site['/meta'] = (_req, res) =>
      res.end(
        Buffer.concat([
          Buffer.from('<meta charset="shift_jis"><title>'),
          Buffer.from([0x93, 0xfa, 0x96, 0x7b]),
          Buffer.from('</title>'),
        ]),
      );
    site['/mark'] = (_req, res) => res.end(Buffer.from('\ufeff<title>Grüße</title>', 'utf16le'));
    site['/unknown'] = (_req, res) =>
      res.writeHead(200, { 'content-type': 'text/html; charset=klingon' }).end('<title>Grüße</title>');
    expect(await preview('/header')).toMatchObject({ title: 'Grüße' });
    expect(await preview('/undeclared')).toMatchObject({ title: 'Grüße' });
    expect(await preview('/meta')).toMatchObject({ title: '日本' });
    expect(await preview('/mark')).toMatchObject({ title: 'Grüße' });
    expect(await preview('/unknown')).toMatchObject({ title: 'Grüße' });
  });

  it('needs only the beginning of a page that never ends', async () => {
    site['/endless'] = (_req, res) => {
      res.write('<head><title>Live');
      res.write(' stream</title></head><body>');
    };
    expect(await preview('/endless')).toMatchObject({ title: 'Live stream' });
  });

  it('is nothing when the head is further than 64 KiB away', async () => {
    site['/far'] = `<!--${'x'.repeat(70_000)}--><title>too far</title>`;
    expect(await preview('/far')).toBeNull();
  });
});

describe('the preview of code', () => {
  const lines = (count: number) =>
    Array.from({ length: count }, (_, index) => `line ${index + 1}`).join('\n');

  it('has the file on a Bitbucket server [MM-79]', async () => {
    site['/rest/api/1.0/projects/P/repos/R/raw/src/My%20App.TS'] = 'one\r\ntwo\nthree\n';
    expect(await preview('/projects/P/repos/R/browse/src/My%20App.TS#2-3')).toEqual({
      type: 'code',
      filename: 'My App.TS',
      filepath: 'src/My App.TS',
      language: 'ts',
      firstLine: 1,
      highlightStart: 2,
      highlightEnd: 3,
      code: 'one\ntwo\nthree',
      totalLines: 3,
      url: `${web.origin}/projects/P/repos/R/browse/src/My%20App.TS#2-3`,
    });
  });

  it('asks for the branch that the link names', async () => {
    site['/rest/api/1.0/projects/P/repos/R/raw/Makefile'] = (req, res) => res.end(`branch ${req.url}`);
    const found = await preview('/projects/P/repos/R/browse/Makefile?at=refs%2Fheads%2Fdev');
    expect(found).toMatchObject({
      filename: 'Makefile',
      language: '',
      highlightStart: null,
      highlightEnd: null,
    });
    expect(web.requests).toEqual(['/rest/api/1.0/projects/P/repos/R/raw/Makefile?at=refs%2Fheads%2Fdev']);
  });

  it('shows at most 1000 lines around those the link means', async () => {
    site['/rest/api/1.0/projects/P/repos/R/raw/long.c'] = lines(3000);
    const at = (hash: string) => preview(`/projects/P/repos/R/browse/long.c${hash}`);
    const whole = await at('');
    expect(whole).toMatchObject({ firstLine: 1, totalLines: 3000, highlightStart: null });
    expect(whole?.type === 'code' && whole.code.split('\n')).toHaveLength(1000);
    const middle = await at('#1800');
    expect(middle).toMatchObject({ firstLine: 1300, highlightStart: 1800, highlightEnd: 1800 });
    expect(middle?.type === 'code' && middle.code.split('\n').at(-1)).toBe('line 2299');
    expect(await at('#20')).toMatchObject({ firstLine: 1, highlightStart: 20 });
    expect(await at('#9999')).toMatchObject({ firstLine: 1, highlightStart: null, totalLines: 3000 });
    expect(await at('#0')).toMatchObject({ highlightStart: null });
    expect(await at('#x')).toMatchObject({ highlightStart: null });
  });

  it('is the file itself when the link is one', async () => {
    site['/raw/main.py'] = 'print("hi")\n';
    expect(await preview('/raw/main.py#L1')).toMatchObject({
      type: 'code',
      filepath: 'raw/main.py',
      language: 'py',
      highlightStart: 1,
    });
  });

  it('is the page instead when the file is not to be had', async () => {
    site['/projects/P/repos/R/browse/gone.c'] = '<title>Log in to see gone.c</title>';
    site['/blob/app.ts'] = '<title>app.ts, shown by a website</title>';
    expect(await preview('/projects/P/repos/R/browse/gone.c')).toMatchObject({
      type: 'og',
      title: 'Log in to see gone.c',
    });
    expect(await preview('/blob/app.ts')).toMatchObject({ type: 'og', title: 'app.ts, shown by a website' });
  });

  it('is nothing for bytes that are not text', async () => {
    site['/program.c'] = 'ELF\0\0\0';
    expect(await preview('/program.c')).toBeNull();
  });

  it('reads no more than 512 KiB', async () => {
    site['/huge.txt'] = 'x'.repeat(9).concat('\n').repeat(100_000);
    expect(await preview('/huge.txt')).toMatchObject({ totalLines: Math.ceil((512 * 1024) / 10) });
  });
});

describe('no preview [MM-78]', () => {
  it.each([
    '',
    '   ',
    'not a url',
    'http://',
    'http:///path',
    'https://[',
    'ftp://example.com/',
    'javascript:alert(1)',
    'http://localhost/',
    'http://127.0.0.1/',
    'http://192.168.1.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::1]/',
    'http://does-not-exist.invalid/',
    `http://example.invalid/${'x'.repeat(5_000)}`,
  ])('for %j', async (url) => {
    expect(await linkPreview(alice, url)).toBeNull();
  });

  it('when a redirect leads inside', async () => {
    const inside = await serveWeb((_req, res) => res.end('<title>internal</title>'));
    site['/in'] = (_req, res) => res.writeHead(302, { location: inside.origin }).end();
    expect(await preview('/in')).toBeNull();
    expect(inside.requests).toEqual([]);
    await inside.close();
  });
});

describe('previews', () => {
  it('are fetched once, also by many at once and when there was nothing', async () => {
    site['/slow'] = (_req, res) => setTimeout(() => res.end('<title>slow</title>'), 50);
    const people = Array.from({ length: 12 }, (_, index) => ({ ...alice, accountId: index % 4 }));
    const found = await Promise.all(people.map((person) => linkPreview(person, `${web.origin}/slow`)));
    expect(new Set(found.map((one) => one?.type === 'og' && one.title))).toEqual(new Set(['slow']));
    expect(await preview('/none')).toBeNull();
    expect(await preview('/none')).toBeNull();
    expect(web.requests).toEqual(['/slow', '/none']);
  });

  it('are judged anew as long as their address is refused', async () => {
    settings().link_preview_allowed_origins = [];
    site['/later'] = '<title>now allowed</title>';
    expect(await preview('/later')).toBeNull();
    settings().link_preview_allowed_origins = [web.origin];
    expect(await preview('/later')).toMatchObject({ title: 'now allowed' });
  });

  it('cannot be asked for without end by one person, whom others do not wait for', async () => {
    let running = 0;
    let most = 0;
    site['/wait'] = (_req, res) => {
      most = Math.max(most, ++running);
      setTimeout(() => {
        running--;
        res.end('<title>done</title>');
      }, 20);
    };
    const mallory = { ...alice, accountId: 66 };
    const flood = Promise.all(
      Array.from({ length: 60 }, (_, index) => linkPreview(mallory, `${web.origin}/wait?${index}`)),
    );
    const bob = linkPreview({ ...alice, accountId: 2 }, `${web.origin}/wait?bob`);
    expect(await bob).toMatchObject({ title: 'done' });
    const answers = await flood;
    expect(answers.filter((one) => one !== null).length).toBe(33);
    expect(most).toBeLessThanOrEqual(4);
    expect(await preview('/wait?59')).toMatchObject({ title: 'done' });
  });

  it('come to an end for whoever asks for ever new ones, for a minute', async () => {
    const eager = { ...alice, accountId: 67 };
    site['/many'] = '<title>one of many</title>';
    const ask = (index: number) => linkPreview(eager, `${web.origin}/many?${index}`);
    holdClock();
    for (let index = 0; index < 200; index++) expect(await ask(index)).not.toBeNull();
    expect(await ask(200)).toBeNull();
    expect(await ask(0)).not.toBeNull();
    advanceClock(60 * 1_000_000);
    expect(await ask(200)).not.toBeNull();
    releaseClock();
  });
});
