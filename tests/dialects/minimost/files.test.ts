import { get, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type MessageRow, PIXEL, withFiles } from '#tests/support/minimost-client';
import { withPeople } from '#tests/support/minimost-people';

const people = withPeople();
const MEGABYTE = 1024 * 1024;

async function post(
  channel: string,
  files: Record<string, Buffer | string>,
  text?: string,
): Promise<MessageRow[]> {
  const before = await people.alice.cursor(channel);
  const answer = await people.alice.postData(`/send/${channel}`, withFiles(files, text));
  expect([answer.status, answer.text]).toEqual([200, 'ok']);
  return people.alice.messages(channel, before);
}

describe('images', () => {
  test('MM-37 are a message each, under a random name', async () => {
    const rows = await post('general', { 'one.PNG': PIXEL, 'two.jpeg': PIXEL, 'two.webp': PIXEL });
    expect(rows).toHaveLength(3);
    for (const row of rows) {
      expect(row).toMatchObject({ content: null, mentions: null, sender: 'alice' });
      expect(row.filename).toMatch(/^[0-9a-f]{32}\.(png|jpeg|webp)$/);
    }
    expect(new Set(rows.map((row) => row.filename)).size).toBe(3);
  });

  test('MM-38 come after their text, at the same moment', async () => {
    const rows = await post('general', { 'a.gif': PIXEL, 'b.jpg': PIXEL }, 'look @bob  ');
    expect(rows.map(({ content, filename }) => [content, filename?.split('.')[1]])).toEqual([
      ['look @bob', undefined],
      [null, 'gif'],
      [null, 'jpg'],
    ]);
    expect(new Set(rows.map((row) => row.ts)).size).toBe(1);
    expect(rows.map((row) => row.id)).toEqual(rows.map((row) => row.id).sort((a, b) => a - b));
    expect(rows.map((row) => row.mentions)).toEqual(['["bob"]', null, null]);
  });

  test('MM-39 are the only files taken; others are dropped', async () => {
    const before = await people.alice.cursor('general');
    for (const name of ['a.svg', 'a.pdf', 'a.png.exe', 'png', 'a.', 'a.pn\u0000g.txt', '']) {
      const answer = await people.alice.postData('/send/general', withFiles({ [name]: PIXEL }));
      expect([answer.status, answer.text], name).toEqual([400, 'empty']);
    }
    expect(await people.alice.messages('general', before)).toEqual([]);
    const rows = await post('general', { 'a.txt': 'no', 'b.png': PIXEL }, 'with a note');
    expect(rows.map((row) => row.content)).toEqual(['with a note', null]);
    expect(await post('general', { 'a.txt': 'no' }, 'only a note')).toHaveLength(1);
  });

  test('are refused above the limit, whether they say so before or not', async () => {
    const before = await people.alice.cursor('general');
    const limit = [413, 'file too large (max 25 MB)'];
    const one = await people.alice.postData(
      '/send/general',
      withFiles({ 'a.png': Buffer.alloc(25 * MEGABYTE + 1) }),
    );
    expect([one.status, one.text]).toEqual(limit);
    const all = await people.alice.postData(
      '/send/general',
      withFiles({ 'a.png': Buffer.alloc(20 * MEGABYTE), 'b.png': Buffer.alloc(20 * MEGABYTE) }, 'both'),
    );
    expect([all.status, all.text]).toEqual(limit);
    expect(await people.alice.messages('general', before)).toEqual([]);
  });

  test('are not what is wrong when the text before them is too long as well', async () => {
    const both = withFiles({ 'a.png': Buffer.alloc(25 * MEGABYTE + 1) }, 'x'.repeat(10_001));
    const answer = await people.alice.postData('/send/general', both);
    expect([answer.status, answer.text]).toEqual([413, 'message too long (max 10000 characters)']);
  });

  test('go with a text that is too long', async () => {
    const answer = await people.alice.postData(
      '/send/general',
      withFiles({ 'a.png': PIXEL }, 'x'.repeat(10_001)),
    );
    expect([answer.status, answer.text]).toEqual([413, 'message too long (max 10000 characters)']);
  });
});

describe('a connection', () => {
  const head = '--x\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\n\r\n';
  const upload = (more: Record<string, string> = {}) => {
    const { port } = new URL(people.door.base);
    const headers = {
      cookie: people.alice.cookie,
      'content-type': 'multipart/form-data; boundary=x',
      ...more,
    };
    const sent = request({
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/send/general',
      agent: false,
      headers,
    });
    sent.on('error', () => {});
    sent.write(head);
    return sent;
  };

  test('that never stops sending is answered all the same', async () => {
    const sent = upload();
    let pouring = true;
    const pour = () => {
      while (pouring && sent.write(Buffer.alloc(256 * 1024)));
      if (pouring) sent.once('drain', pour);
    };
    const answered = new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
      sent.once('response', async (answer) => {
        pouring = false;
        resolve({ status: answer.statusCode, text: (await buffer(answer)).toString() });
      });
      sent.once('close', () => reject(new Error('cut off without an answer')));
    });
    pour();
    expect(await answered).toEqual({ status: 413, text: 'file too large (max 25 MB)' });
    sent.destroy();
  });

  test('that breaks off half-way leaves nothing behind, and the server standing', async () => {
    const before = await people.alice.cursor('general');
    for (const more of [{}, { 'content-length': '100000' }] as Record<string, string>[]) {
      const sent = upload(more);
      await new Promise((resolve) => sent.write(Buffer.alloc(50_000), resolve));
      await delay(50);
      sent.destroy();
    }
    await delay(100);
    expect(await people.alice.messages('general', before)).toEqual([]);
  });

  test('that stops listening half-way through a file does no harm', async () => {
    const [row] = await post('general', { 'large.png': Buffer.alloc(8 * MEGABYTE) });
    const { port } = new URL(people.door.base);
    for (let time = 0; time < 5; time++) {
      await new Promise<void>((resolve) => {
        const headers = { cookie: people.alice.cookie };
        const asked = get({
          port,
          host: '127.0.0.1',
          path: `/files/${row?.filename}`,
          agent: false,
          headers,
        });
        asked.once('response', (answer) =>
          answer.once('data', () => {
            answer.destroy();
            resolve();
          }),
        );
      });
    }
    await delay(100);
    expect((await people.alice.get(`/files/${row?.filename}`)).bytes).toHaveLength(8 * MEGABYTE);
  });
});

describe('an attachment', () => {
  test('MM-75 is served to those who can read a message with it, and to nobody else', async () => {
    const [direct] = await post('dm:alice:bob', { 'Secret Plan.png': PIXEL });
    const path = `/files/${direct?.filename}`;
    const served = await people.bob.get(path);
    expect(served.status).toBe(200);
    expect(served.bytes.equals(PIXEL)).toBe(true);
    expect(served.headers.get('content-type')).toBe('image/png');
    expect(served.headers.get('content-disposition')).toBe('inline');
    expect(served.headers.get('x-content-type-options')).toBe('nosniff');
    const head = await people.bob.ask('HEAD', path);
    expect([head.status, head.text, head.headers.get('content-length')]).toEqual([
      200,
      '',
      String(PIXEL.length),
    ]);
    for (const method of ['GET', 'HEAD']) expect((await people.carol.ask(method, path)).status).toBe(404);
    for (const unknown of [
      '/files/none.png',
      `/files/${'0'.repeat(32)}.png`,
      '/files/..%2f..%2fpackage.json',
      '/files/%2e%2e',
      '/files/....//package.json',
      `/files/${direct?.filename}%00`.replace('%00', '.png'),
      path.toUpperCase().replace('/FILES', '/files'),
    ]) {
      const answer = await people.bob.get(unknown);
      expect(answer.status, unknown).toBe(404);
    }
    expect((await people.bob.get('/files/none.png')).text).toBe('not found');
    expect((await people.bob.get('/files/../package.json')).status).toBe(404);
    await people.alice.post(`/delete/${direct?.id}`);
    expect((await people.bob.get(path)).status).toBe(404);
  });

  test('comes as a small JPEG to the web app, which may ask for one', async () => {
    const [row] = await post('general', { 'a.png': PIXEL });
    const types = [];
    for (const query of ['', '?size=thumb', '?size=huge'])
      types.push((await people.bob.get(`/files/${row?.filename}${query}`)).headers.get('content-type'));
    expect(types).toEqual(['image/png', 'image/jpeg', 'image/png']);
  });

  test('is never a page, whatever its bytes', async () => {
    const [row] = await post('general', { 'page.png': '<html><script>alert(1)</script>' });
    const served = await people.bob.get(`/files/${row?.filename}`);
    expect(served.headers.get('content-type')).toBe('image/png');
    expect(served.headers.get('content-security-policy')).toMatch(/^sandbox/);
  });
});
