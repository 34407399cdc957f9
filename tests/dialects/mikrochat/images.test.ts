import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { MikrochatClient } from '#tests/support/mikrochat-client';
import { placePath } from '#tests/support/mikrochat-client';
import { newChannel, withMikrochatPeople } from '#tests/support/mikrochat-people';
import { PIXEL } from '#tests/support/minimost-client';

const people = withMikrochatPeople();

const MEGABYTE = 1024 * 1024;
const NAME = /^\d{13}-[0-9a-f]{12,32}\.(jpe?g|png|webp|svg)$/;
const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64');

const upload = (
  client: MikrochatClient,
  place: string,
  filename: unknown,
  image: unknown,
  more: object = {},
) => client.ask('POST', `${placePath(place)}/messages/image`, { filename, image, ...more });

async function uploaded(
  client: MikrochatClient,
  place: string,
  filename = 'a.png',
  bytes: Uint8Array | string = PIXEL,
) {
  const answer = await upload(client, place, filename, base64(bytes));
  if (answer.status !== 200) throw new Error(`upload: ${answer.status} ${answer.text}`);
  return JSON.parse(answer.text).filename as string;
}

const imagePath = (place: string, name: string) => `${placePath(place)}/messages/image/${name}`;
const fetchImage = (client: MikrochatClient, place: string, name: string) =>
  client.ask('GET', imagePath(place, name));

describe('an image', () => {
  test('MK-45 is uploaded as base64, if its name is that of one', async () => {
    const { bob, general } = people;
    for (const filename of ['a.jpg', 'a.JPEG', 'my.photo.Png', 'a.webp', 'ä.jpg']) {
      const answer = await upload(bob, general, filename, base64('whatever these bytes are'));
      expect(answer.status, filename).toBe(200);
      expect(JSON.parse(answer.text), filename).toEqual({
        success: true,
        filename: expect.stringMatching(NAME),
      });
    }
    expect(
      (await uploaded(bob, general, 'a.SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>')).endsWith('.svg'),
    ).toBe(true);
    const prefixed = `data:image/png;base64,${base64(PIXEL)}`;
    expect((await upload(bob, general, 'a.png', prefixed)).status).toBe(200);
    for (const [filename, image] of [
      ['a.gif', base64(PIXEL)],
      ['png', base64(PIXEL)],
      ['a.', base64(PIXEL)],
      ['', base64(PIXEL)],
      [undefined, base64(PIXEL)],
      [5, base64(PIXEL)],
      ['a.png', ''],
      ['a.png', undefined],
      ['a.png', 5],
      ['a.png', '!!not base64!!'],
      ['a.svg', base64('no drawing')],
    ]) {
      expect((await upload(bob, general, filename, image)).status, `${filename} ${image}`).toBe(400);
    }
    expect((await upload(bob, '999999', 'a.png', base64(PIXEL))).status).toBe(404);
  });

  test('MK-46 has at most ten megabytes', async () => {
    const { bob, general } = people;
    const most = randomBytes(10 * MEGABYTE);
    const name = await uploaded(bob, general, 'large.jpg', most);
    const back = await fetchImage(bob, general, name);
    expect(back.bytes.equals(most)).toBe(true);
    expect(
      (await upload(bob, general, 'large.jpg', base64(Buffer.concat([most, Buffer.from('x')])))).status,
    ).toBe(400);
    // more than any body may have: refused before it is read
    const huge = await upload(bob, general, 'large.jpg', 'A'.repeat(17 * MEGABYTE));
    expect([huge.status, typeof JSON.parse(huge.text).error]).toEqual([400, 'string']);
  });

  test('MK-47 is served to whoever may see it, with its type, and small when asked for', async () => {
    const { bob, general } = people;
    const name = await uploaded(bob, general, 'a.webp', 'not really');
    const stranger = await people.door.ask({ method: 'GET', path: imagePath(general, name), headers: {} });
    expect([stranger.status, typeof JSON.parse(stranger.text).error]).toEqual([401, 'string']);
    const query = await people.door.ask({
      method: 'GET',
      path: `${imagePath(general, name)}?token=${bob.tokens.accessToken}`,
      headers: {},
    });
    expect(query.status).toBe(401);
    const plain = await fetchImage(bob, general, name);
    expect(plain.status).toBe(200);
    expect(Object.fromEntries(plain.headers)).toMatchObject({
      'content-type': 'image/webp',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=31536000, immutable',
      'access-control-allow-origin': '*',
    });
    // without a thumbnail: the image itself
    const same = await fetchImage(bob, general, `${name}?size=thumb`);
    expect([same.headers.get('content-type'), same.text]).toEqual(['image/webp', 'not really']);
    const thumb = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
    const answer = await upload(bob, general, 'b.png', base64(PIXEL), { thumbnail: base64(PIXEL) });
    const small = await fetchImage(bob, general, `${JSON.parse(answer.text).filename}?size=thumb`);
    expect([small.status, small.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    for (const thumbnail of [base64(thumb), '!!', 5, null, base64(randomBytes(2 * MEGABYTE))]) {
      expect((await upload(bob, general, 'c.png', base64(PIXEL), { thumbnail })).status).toBe(200);
    }
  });

  test('MK-48 has a name that leads nowhere else', async () => {
    const { bob, general } = people;
    for (const name of [
      '..%2F..%2Fetc%2Fpasswd',
      '..%2F..',
      'a%2Fb.png',
      'a%5Cb.png',
      '..a.png',
      '%2e%2e%2fx',
    ]) {
      expect((await fetchImage(bob, general, name)).status, name).toBe(400);
    }
    for (const name of ['none.png', `1700000000000-${'0'.repeat(32)}.png`, 'x', '-']) {
      expect((await fetchImage(bob, general, name)).status, name).toBe(404);
    }
  });

  test('MK-49 of a conversation is nobody else’s, through whatever path', async () => {
    const { ann, bob, cat, general } = people;
    const dm = await bob.converse(cat.id);
    const name = await uploaded(bob, dm);
    await bob.say(dm, '', { images: [name] });
    expect((await fetchImage(cat, dm, name)).status).toBe(200);
    expect((await fetchImage(ann, dm, name)).status).toBe(403);
    expect((await fetchImage(ann, await ann.converse(bob.id), name)).status).toBe(404);
    for (const client of [ann, bob, cat]) {
      expect((await fetchImage(client, general, name)).status).toBe(404);
      expect(await client.statusOf('GET', `/files/${name}`)).toBe(client === ann ? 404 : 200);
    }
    // nor can it be sent anywhere else, or by anybody else
    expect(await bob.statusOf('POST', `/channels/${general}/messages`, { images: [name] })).toBe(400);
    const own = await uploaded(bob, general);
    for (const images of [[own], ['none.png'], [`1700000000000-${'0'.repeat(32)}.png`]]) {
      expect(await cat.statusOf('POST', `/channels/${general}/messages`, { images })).toBe(400);
    }
  });

  test('MK-50 that is a drawing comes back without what could do harm', async () => {
    const { bob, general } = people;
    const evil = `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x "y">]><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">
      <script>alert(2)</script><a href="javascript:alert(3)"><circle r="4" onclick="alert(5)"/></a><foreignObject/></svg>`;
    const answer = await upload(bob, general, 'evil.svg', base64(evil));
    expect([200, 400]).toContain(answer.status);
    const clean = await uploaded(bob, general, 'evil.svg', evil.replace(/<!DOCTYPE[^\]]*\]>/, ''));
    const back = await fetchImage(bob, general, clean);
    expect(back.text).toContain('<circle');
    expect(back.text).not.toMatch(/script|onload|onclick|alert|foreignObject|DOCTYPE/i);
    expect(back.headers.get('content-type')).toMatch(/^image\/svg\+xml/);
    expect(back.headers.get('content-security-policy')).toMatch(/sandbox/);
    expect(back.headers.get('content-security-policy')).toMatch(/default-src 'none'/);
  });

  test('MK-39 leaves with the edit that drops it, and the text stays', async () => {
    const { bob, cat } = people;
    const channel = await newChannel(people);
    const [one, two, three] = [
      await uploaded(bob, channel),
      await uploaded(bob, channel),
      await uploaded(bob, channel),
    ];
    const { id, images } = await bob.say(channel, 'look', { images: [one, two] });
    expect(images).toEqual([one, two]);
    const edit = async (body: object) =>
      JSON.parse((await bob.ask('PUT', `/messages/${id}`, body)).text).message;
    expect(await edit({ content: 'look!' })).toMatchObject({ content: 'look!', images: [one, two] });
    expect(await edit({ images: [three, two] })).toMatchObject({ content: 'look!', images: [three, two] });
    expect((await fetchImage(cat, channel, one)).status).toBe(404);
    expect((await fetchImage(cat, channel, two)).status).toBe(200);
    expect(await bob.statusOf('PUT', `/messages/${id}`, { images: [one] })).toBe(400);
    expect(await bob.statusOf('DELETE', `/messages/${id}`)).toBe(200);
    for (const name of [two, three]) expect((await fetchImage(cat, channel, name)).status).toBe(404);
  });

  test('may follow a message that was sent empty, as the client does', async () => {
    const { bob, general } = people;
    const { id } = await bob.say(general, '', { images: [], attachments: [] });
    const name = await uploaded(bob, general);
    const edited = await bob.ask('PUT', `/messages/${id}`, { images: [name] });
    expect(JSON.parse(edited.text).message).toMatchObject({ content: '', images: [name] });
  });

  test('of a reply is the channel’s', async () => {
    const { bob, cat } = people;
    const channel = await newChannel(people);
    const root = await bob.say(channel, 'root');
    const path = `/messages/${root.id}/thread/image`;
    const answer = await bob.ask('POST', path, { filename: 'a.png', image: base64(PIXEL) });
    const { filename } = JSON.parse(answer.text);
    const reply = await bob.reply(root.id, '', { images: [filename] });
    expect(reply.images).toEqual([filename]);
    expect((await fetchImage(cat, channel, filename)).status).toBe(200);
    expect(
      await bob.statusOf('POST', '/messages/999999/thread/image', { filename: 'a.png', image: 'eA==' }),
    ).toBe(404);
  });
});

describe('an attachment', () => {
  test('is uploaded, sent along, and kept by whoever may read the message', async () => {
    const { ann, bob, cat } = people;
    const dm = await bob.converse(cat.id);
    type Uploaded = { attachment: { filename: string; originalName: string; size: number } };
    const { attachment } = await bob.call<Uploaded>('POST', '/files', {
      filename: 'notes.txt',
      file: base64('some notes'),
      contentType: 'text/plain',
    });
    expect(attachment).toMatchObject({ originalName: 'notes.txt', size: 10 });
    const message = await bob.say(dm, 'see', { attachments: [attachment] });
    expect(message).toMatchObject({ images: [], attachments: [attachment] });
    const answer = await cat.ask('GET', `/files/${attachment.filename}`);
    expect([answer.status, answer.text]).toEqual([200, 'some notes']);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="notes.txt"/);
    expect(await ann.statusOf('GET', `/files/${attachment.filename}`)).toBe(404);
    for (const body of [
      {},
      { filename: 'a.exe', file: 'eA==' },
      { filename: 'a.txt', file: '' },
      { filename: 'a.txt', file: '!' },
    ]) {
      expect(await bob.statusOf('POST', '/files', body), JSON.stringify(body)).toBe(400);
    }
    expect(await bob.statusOf('GET', '/files/..%2Fx')).toBe(400);
    expect(await bob.statusOf('GET', '/files/none.txt')).toBe(404);
  });
});
