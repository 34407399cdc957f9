import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { recordUpload, storeUpload } from '#server/domain/files/store-upload';
import { plain, prisma } from '#server/platform/database';
import { newStoredName } from '#server/platform/storage/stored-name';
import { fileStore } from '#server/platform/storage/stores';
import { type Cast, gatherCast } from '#tests/support/cast';
import { picture, streamOf } from '#tests/support/pictures';

let cast: Cast;

beforeAll(async () => {
  cast = await gatherCast();
});

const upload = async (originalName: string, content: Buffer | string) =>
  storeUpload(cast.alice, { originalName, stream: streamOf(content) });
const storedNames = async () => {
  const names = [];
  for await (const { name } of fileStore().list()) names.push(name);
  return names.sort();
};

describe('an upload', () => {
  it.each(['png', 'jpeg', 'gif', 'webp', 'avif'] as const)('knows the size of a %s', async (format) => {
    const bytes = await picture(format, { width: 123, height: 45 });
    expect(await upload(`Photo.${format.toUpperCase()}`, bytes)).toEqual({
      id: expect.any(Number),
      name: expect.stringMatching(new RegExp(`^[0-9a-f]{32}\\.${format}$`)),
      originalName: `Photo.${format.toUpperCase()}`,
      mediaType: `image/${format}`,
      size: bytes.length,
      width: 123,
      height: 45,
      createdAt: expect.any(Number),
    });
  });

  it('has the size that a turned photograph is shown at', async () => {
    const turned = await sharp(await picture('jpeg', { width: 60, height: 20 }))
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect(await upload('phone.jpg', turned)).toMatchObject({ width: 20, height: 60 });
  });

  it('knows the size of a picture that is larger than what is read at first', async () => {
    const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 };
    const large = await sharp({ create: { width: 700, height: 500, channels: 3, background: 'red', noise } })
      .png({ compressionLevel: 0 })
      .toBuffer();
    expect(large.length).toBeGreaterThan(1_000_000);
    const webp = await sharp(large).webp({ lossless: true }).toBuffer();
    expect(webp.length).toBeGreaterThan(512 * 1024);
    expect(await upload('large.png', large)).toMatchObject({ width: 700, height: 500 });
    expect(await upload('large.webp', webp)).toMatchObject({ width: 700, height: 500 });
  });

  it('takes the type of a pasted picture from its content', async () => {
    expect(await upload('blob', await picture('png'))).toMatchObject({ mediaType: 'image/png', width: 40 });
    expect(await upload('', 'words')).toMatchObject({
      originalName: 'file',
      mediaType: 'application/octet-stream',
    });
  });

  it('never fails because of what is in it', async () => {
    const png = await picture('png');
    for (const content of [
      '',
      'no picture',
      png.subarray(0, 20),
      Buffer.concat([png.subarray(0, 8), Buffer.alloc(90)]),
    ]) {
      expect(await upload('broken.png', content)).toMatchObject({
        mediaType: 'image/png',
        size: content.length,
        width: null,
        height: null,
      });
    }
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="5" height="5"><script>alert(1)</script></svg>';
    expect(await upload('drawing.svg', svg)).toMatchObject({ mediaType: 'image/svg+xml', width: null });
  });

  it('keeps a readable name without paths and control characters', async () => {
    const shown = async (originalName: string) => (await upload(originalName, 'x')).originalName;
    expect(await shown('C:\\Users\\me\\report.pdf')).toBe('report.pdf');
    expect(await shown('../../etc/passwd')).toBe('passwd');
    expect(await shown('a\0b\u001b[31m\ud800.txt')).toBe('ab[31m.txt');
    expect(await shown('  \n ')).toBe('file');
    expect([...(await shown('😀'.repeat(400)))]).toHaveLength(255);
    expect(await shown('Übersicht 日本.pdf')).toBe('Übersicht 日本.pdf');
  });

  it('is refused the moment it grows too large, and leaves nothing', async () => {
    const before = await storedNames();
    let given = 0;
    async function* endless() {
      for (;;) {
        given += 64 * 1024;
        yield Buffer.alloc(64 * 1024);
      }
    }
    const attempt = storeUpload(cast.alice, {
      originalName: 'big.png',
      stream: endless(),
      limitBytes: 1024 * 1024,
    });
    await expect(attempt).rejects.toMatchObject({
      kind: 'too_large',
      reason: 'file_too_large',
      detail: { limitMb: 1 },
    });
    expect(given).toBeLessThan(3 * 1024 * 1024);
    expect(await storedNames()).toEqual(before);
    expect(await prisma.file.count({ where: { originalName: 'big.png' } })).toBe(0);
  });

  it('may be exactly as large as the limit', async () => {
    const stream = streamOf(Buffer.alloc(1000));
    const file = await storeUpload(cast.alice, { originalName: 'just.bin', stream, limitBytes: 1000 });
    expect(file.size).toBe(1000);
  });

  it('says so when the disk is full', async () => {
    async function* untilFull() {
      yield Buffer.alloc(1000);
      throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    }
    const attempt = storeUpload(cast.alice, { originalName: 'a.bin', stream: untilFull() });
    await expect(attempt).rejects.toMatchObject({ kind: 'too_large', reason: 'storage_full' });
  });

  it('is the same one when it is noted twice, and nobody else can note it', async () => {
    const name = newStoredName('once.txt');
    await fileStore().put(streamOf('once'), name);
    const facts = { name, originalName: 'once.txt', size: 4 };
    const views = await Promise.all(Array.from({ length: 6 }, () => recordUpload(cast.alice, facts)));
    expect(new Set(views.map(({ id }) => id)).size).toBe(1);
    await expect(recordUpload(cast.bob, facts)).rejects.toMatchObject({ kind: 'forbidden' });
    expect(await fileStore().stat(name)).toMatchObject({ size: 4 });
  });

  it('belongs to nobody but its uploader', async () => {
    const { id } = await upload('mine.txt', 'x');
    const row = plain(await prisma.file.findUniqueOrThrow({ where: { id } }));
    expect(row).toMatchObject({ uploaderId: cast.alice.accountId, messageId: null, removedAt: null });
  });
});
