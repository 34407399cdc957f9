import { createServer, request as nodeRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { sealSessionCookie } from '#server/auth/session-cookie';
import type { FileView } from '#server/domain/files/file';
import { openFile } from '#server/domain/files/open-file';
import type { Actor } from '#server/domain/kernel/actor';
import { openSession } from '#server/domain/sessions/open-session';
import { plain, prisma } from '#server/platform/database';
import { settings } from '#server/platform/settings';
import { fileStore } from '#server/platform/storage/stores';
import { findMount } from '#server/process/mounts';
import { webAnswer } from '#server/process/web-answer';
import { type Cast, gatherCast } from '#tests/support/cast';
import { picture } from '#tests/support/pictures';

type Slot = { url: string; key: string; name: string; customId: string };
type Sent = { serverData: FileView; url: string; fileHash: string };

let cast: Cast;
let origin: string;
const answer = webAnswer(null);
const server = createServer((req, res) => {
  const mount = findMount(new URL(req.url ?? '/', 'http://x').pathname);
  answer(req, res, (request) => mount?.handle(request) ?? new Response(null, { status: 404 }));
});

beforeAll(async () => {
  cast = await gatherCast();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

afterEach(async () => {
  vi.useRealTimers();
  settings().max_upload_size_mb = 25;
  await prisma.file.deleteMany();
  for await (const { name } of fileStore().list()) await fileStore().delete(name);
});

async function cookieOf(actor: Actor): Promise<string> {
  const device = { face: 'web' as const, userAgent: null, ip: null };
  const { token } = await prisma.$transaction((db) => openSession(db, actor.accountId, device));
  const cookie = await sealSessionCookie(token, { secure: false });
  return cookie.split(';', 1)[0] as string;
}

type Asking = { actor?: Actor | null; headers?: Record<string, string> };

/** What UploadThing's browser client does first. */
async function ask(files: unknown, { actor = cast.alice, headers = {} }: Asking = {}): Promise<Response> {
  return fetch(`${origin}/api/uploadthing?actionType=upload&slug=attachment`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-uploadthing-package': 'parley',
      'x-uploadthing-version': '7.7.4',
      ...(actor ? { cookie: await cookieOf(actor) } : {}),
      ...headers,
    },
    body: JSON.stringify({ files, input: null }),
  });
}

const wanted = (file: File) => [{ name: file.name, size: file.size, type: file.type, lastModified: 1 }];

async function slotFor(file: File, asking?: Asking): Promise<Slot> {
  const response = await ask(wanted(file), asking);
  expect(response.status).toBe(200);
  const [slot] = (await response.json()) as Slot[];
  return slot as Slot;
}

/** What it does then. */
async function put(url: string, file: File | string, { actor = cast.alice, headers = {} }: Asking = {}) {
  const body = new FormData();
  if (typeof file === 'string') body.set('file', file);
  else body.set('file', file);
  return fetch(new URL(url, origin), {
    method: 'PUT',
    body,
    headers: { range: 'bytes=0-', ...(actor ? { cookie: await cookieOf(actor) } : {}), ...headers },
  });
}

async function upload(file: File, asking?: Asking): Promise<FileView> {
  const response = await put((await slotFor(file, asking)).url, file, asking);
  expect(response.status).toBe(200);
  return ((await response.json()) as Sent).serverData;
}

async function refusal(response: Response): Promise<unknown> {
  return { status: response.status, ...(await response.json()) };
}

async function expectNothingKept(): Promise<void> {
  for await (const { name } of fileStore().list()) {
    expect(await prisma.file.count({ where: { name } })).toBe(1);
  }
}

describe('an upload through UploadThing', () => {
  it('becomes a file of the uploader’s, with what a picture is', async () => {
    const bytes = await picture('png', { width: 64, height: 48 });
    const file = new File([new Uint8Array(bytes)], 'My Plan & “more” 日本.PNG', { type: 'image/png' });
    const view = await upload(file);
    expect(view).toEqual({
      id: expect.any(Number),
      name: expect.stringMatching(/^[0-9a-f]{32}\.png$/),
      originalName: 'My Plan & “more” 日本.PNG',
      mediaType: 'image/png',
      size: bytes.length,
      width: 64,
      height: 48,
      createdAt: expect.any(Number),
    });
    const opened = await openFile(cast.alice, view.name);
    expect(opened.size).toBe(bytes.length);
    await expect(openFile(cast.bob, view.name)).rejects.toMatchObject({ kind: 'not_found' });
    const row = await prisma.file.findUniqueOrThrow({ where: { id: view.id } });
    expect(plain(row)).toMatchObject({ uploaderId: cast.alice.accountId, messageId: null });
  });

  it('goes to the origin that the page came from, whatever that is called', async () => {
    const { url, customId } = await slotFor(new File(['x'], 'a.txt'), {
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    });
    expect(url).toMatch(/^\/api\/uploads\/\w+\?/);
    expect(customId).toMatch(/^[0-9a-f]{32}\.txt$/);
  });

  it('starts at the beginning, as the client learns by asking', async () => {
    const { url } = await slotFor(new File(['x'], 'a.txt'));
    const response = await fetch(new URL(url, origin), {
      method: 'HEAD',
      headers: { cookie: await cookieOf(cast.alice) },
    });
    expect([response.status, response.headers.get('x-ut-range-start')]).toEqual([200, '0']);
  });

  it('may be empty, and of no type anybody knows', async () => {
    expect(await upload(new File([], 'empty'))).toMatchObject({
      size: 0,
      mediaType: 'application/octet-stream',
    });
  });

  it.each(['constructor', 'a.toString', '__proto__'])(
    'may be called like a part of JavaScript (%s)',
    async (name) => {
      const view = await upload(new File(['a wrench'], name, { type: '' }));
      expect(view).toMatchObject({ originalName: name, mediaType: 'application/octet-stream', size: 8 });
    },
  );

  it('is answered the same way when the client tries again', async () => {
    const file = new File(['once'], 'a.txt');
    const { url } = await slotFor(file);
    const first = (await (await put(url, file)).json()) as Sent;
    const again = (await (await put(url, new File(['evil'], 'a.txt'))).json()) as Sent;
    expect(again.serverData).toEqual(first.serverData);
    expect(await prisma.file.count()).toBe(1);
  });

  it('stays what it was when one place is used by several at once', async () => {
    const file = new File(['x'.repeat(100_000)], 'a.txt');
    const { url } = await slotFor(file);
    const answers = await Promise.all(Array.from({ length: 5 }, () => put(url, file)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses).toContain(200);
    expect(statuses.filter((status) => status !== 200 && status !== 409)).toEqual([]);
    expect(await prisma.file.count()).toBe(1);
    await expectNothingKept();
  });

  it('streams: a large file never sits in memory whole', async () => {
    settings().max_upload_size_mb = 300;
    const size = 200 * 1024 * 1024;
    const response = await ask([{ name: 'large.bin', size, type: '' }]);
    const [slot] = (await response.json()) as Slot[];
    const before = process.memoryUsage().rss;
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 5);
    const { status, body } = await putRaw(slot?.url as string, await cookieOf(cast.alice), size);
    clearInterval(watch);
    expect({ status, size: (JSON.parse(body) as Sent).serverData.size }).toEqual({ status: 200, size });
    expect(peak - before).toBeLessThan(150 * 1024 * 1024);
  });
});

describe('an upload is refused', () => {
  const file = new File(['hello'], 'a.txt');

  it('to visitors', async () => {
    expect(await refusal(await ask(wanted(file), { actor: null }))).toMatchObject({
      status: 401,
      reason: 'signed_out',
    });
    const { url } = await slotFor(file);
    expect(await refusal(await put(url, file, { actor: null }))).toMatchObject({ status: 401 });
  });

  it('in somebody else’s session', async () => {
    const { url } = await slotFor(file);
    expect(await refusal(await put(url, file, { actor: cast.bob }))).toMatchObject({
      status: 403,
      reason: 'bad_signature',
    });
  });

  it('when anything of the signed address was changed', async () => {
    const { url } = await slotFor(file);
    const tampered = [
      url.replace('x-ut-file-size=5', 'x-ut-file-size=5000000'),
      url.replace('a.txt', 'b.txt'),
      url.replace(/x-ut-custom-id=[0-9a-f]{4}/, 'x-ut-custom-id=0000'),
      url.replace(/x-ut-identifier=account-\d+/, `x-ut-identifier=account-${cast.bob.accountId}`),
      url.replace(/expires=\d/, 'expires=9'),
      url.replace('/api/uploads/', '/api/uploads/x'),
      url.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')),
      url.replace(/&signature=.*$/, ''),
      url.replace(/&signature=.*$/, '&signature='),
      `${url}&x-ut-file-size=9`,
      '/api/uploads/key',
      '/api/uploads',
    ];
    expect(new Set(tampered).has(url)).toBe(false);
    for (const one of tampered) {
      expect([one, (await put(one, file)).status]).toEqual([one, 403]);
      expect([one, (await put(one, file, { actor: cast.bob })).status]).toEqual([one, 403]);
    }
    expect(await prisma.file.count()).toBe(0);
  });

  it('when its address has expired', async () => {
    const { url } = await slotFor(file);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * 3_600_000 });
    expect((await put(url, file)).status).toBe(403);
  });

  it('when it is larger than the settings allow', async () => {
    settings().max_upload_size_mb = 1;
    const large = new File([new Uint8Array(1024 * 1024 + 1)], 'a.bin');
    expect(await refusal(await ask(wanted(large)))).toMatchObject({
      status: 413,
      reason: 'file_too_large',
      detail: { limitMb: 1 },
    });
  });

  it('when it is not as large as announced', async () => {
    const { url } = await slotFor(file);
    const longer = await put(url, new File(['hello world'], 'a.txt'));
    expect(longer.status).toBe(413);
    const shorter = await put(url, new File(['hi'], 'a.txt'));
    expect(await refusal(shorter)).toMatchObject({ status: 400, reason: 'not_the_announced_size' });
    const muchLonger = await put(url, new File([new Uint8Array(3_000_000)], 'a.txt'));
    expect(muchLonger.status).toBe(413);
    await expectNothingKept();
    expect((await put(url, file)).status).toBe(200);
  });

  it('when there is no file in it, or it is no form', async () => {
    const { url } = await slotFor(file);
    expect(await refusal(await put(url, 'just text'))).toMatchObject({ status: 400, reason: 'no_file' });
    const headers = { cookie: await cookieOf(cast.alice), 'content-type': 'application/octet-stream' };
    const raw = await fetch(new URL(url, origin), { method: 'PUT', body: 'hello', headers });
    expect(raw.status).toBe(400);
    const broken = await fetch(new URL(url, origin), {
      method: 'PUT',
      body: '--x\r\nbroken',
      headers: { ...headers, 'content-type': 'multipart/form-data; boundary=x' },
    });
    expect(broken.status).toBe(400);
  });

  it('when it would continue what nobody began', async () => {
    const { url } = await slotFor(file);
    for (const range of ['bytes=3-', 'bytes=0-2', 'lines=0-']) {
      expect((await put(url, file, { headers: { range } })).status).toBe(400);
    }
  });

  it('from another site', async () => {
    const headers = { origin: 'https://evil.example' };
    expect((await ask(wanted(file), { headers })).status).toBe(403);
    const { url } = await slotFor(file);
    expect((await put(url, file, { headers })).status).toBe(403);
    expect((await put(url, file, { headers: { origin } })).status).toBe(200);
  });

  it('to whoever pretends to be UploadThing', async () => {
    const headers = { 'uploadthing-hook': 'callback', 'x-uploadthing-signature': 'hmac-sha256=00' };
    expect((await ask(wanted(file), { headers })).status).toBe(403);
  });

  it('when the question makes no sense', async () => {
    const good = wanted(file)[0] as object;
    for (const files of [
      null,
      [],
      [{}],
      [null],
      'files',
      [{ ...good, size: -1 }],
      [{ ...good, size: 1.5 }],
      [{ ...good, size: '5' }],
      [{ ...good, size: 1e300 }],
      [{ ...good, name: 5 }],
      [{ ...good, type: 'a\nb' }],
      Array.from({ length: 21 }, () => good),
    ]) {
      const { status } = await ask(files);
      expect([files, status]).toEqual([files, status === 413 ? 413 : 400]);
    }
    const cookie = await cookieOf(cast.alice);
    const raw = (body: string, query = '?actionType=upload&slug=attachment') =>
      fetch(`${origin}/api/uploadthing${query}`, { method: 'POST', body, headers: { cookie } });
    expect((await raw('not json')).status).toBe(400);
    expect((await raw('x'.repeat(100_000))).status).toBe(413);
    const question = JSON.stringify({ files: [good], input: null });
    expect((await raw(question, '?actionType=upload&slug=other')).status).toBe(404);
    expect((await raw(question, '?actionType=upload')).status).toBe(400);
  });

  it('while too much waits to be sent', async () => {
    await prisma.file.createMany({
      data: Array.from({ length: 100 }, (_, index) => ({
        name: `${index}`,
        originalName: 'a',
        mediaType: 'text/plain',
        size: 1,
        uploaderId: cast.alice.accountId,
        createdAt: 1,
      })),
    });
    expect(await refusal(await ask(wanted(file)))).toMatchObject({
      status: 429,
      reason: 'too_many_unsent_files',
    });
    expect((await ask(wanted(file), { actor: cast.bob })).status).toBe(200);
  });

  it('without a trace when the line goes dead half-way', async () => {
    const size = 5 * 1024 * 1024;
    const response = await ask([{ name: 'large.bin', size, type: '' }]);
    const [slot] = (await response.json()) as Slot[];
    await putRaw(slot?.url as string, await cookieOf(cast.alice), size, 1024 * 1024).catch(() => {});
    await vi.waitFor(expectNothingKept);
    await vi.waitFor(async () => expect(await fileStore().stat(slot?.customId as string)).toBeNull());
    expect(await prisma.file.count()).toBe(0);
  });

  it.each(['.txt', '.png\u0000', '/../../x', '😀\ud800'])('never by an odd name: %j', async (ending) => {
    const [good] = wanted(file);
    const response = await ask([{ ...good, name: `odd${ending}` }]);
    expect(response.status).toBe(200);
    const [slot] = (await response.json()) as Slot[];
    expect((await put(slot?.url as string, file)).status).toBe(200);
  });
});

/** Sends a file of `size` zeros piece by piece; hangs up after `hangUpAfter` bytes. */
function putRaw(url: string, cookie: string, size: number, hangUpAfter = Number.POSITIVE_INFINITY) {
  const head = '--b\r\ncontent-disposition: form-data; name="file"; filename="large.bin"\r\n\r\n';
  const tail = '\r\n--b--\r\n';
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const req = nodeRequest(new URL(url, origin), {
      method: 'PUT',
      headers: {
        cookie,
        'content-type': 'multipart/form-data; boundary=b',
        'content-length': head.length + size + tail.length,
      },
    });
    req.on('error', reject);
    req.on('response', (res) => {
      let body = '';
      res.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      res.on('end', () => resolve({ status: res.statusCode ?? 0, body }));
    });
    const piece = Buffer.alloc(256 * 1024);
    let sent = 0;
    const pump = () => {
      while (sent < size) {
        if (sent >= hangUpAfter) return req.destroy();
        sent += piece.length;
        if (!req.write(piece)) return void req.once('drain', pump);
      }
      req.end(tail);
    };
    req.write(head);
    pump();
  });
}
