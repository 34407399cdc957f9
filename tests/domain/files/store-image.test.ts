import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cleanUnattached } from '#server/domain/files/clean-up';
import { datedName } from '#server/domain/files/dated-name';
import { discardUploads } from '#server/domain/files/discard-uploads';
import { openImage } from '#server/domain/files/open-image';
import { runFileRetention } from '#server/domain/files/retention';
import { type StoreImage, storeImage } from '#server/domain/files/store-image';
import { deleteMessage } from '#server/domain/messages/delete-message';
import { sendMessage } from '#server/domain/messages/send-message';
import { advanceClock, holdClock, releaseClock } from '#server/platform/clock';
import { prisma } from '#server/platform/database';
import { settings } from '#server/platform/settings';
import { fileStore } from '#server/platform/storage/stores';
import { type Cast, gatherCast, makeActor, makeConversation } from '#tests/support/cast';
import { picture } from '#tests/support/pictures';
import { refusalOf } from '#tests/support/refusals';

const MEBIBYTE = 1024 * 1024;
const DAY = 24 * 60 * 60 * 1_000_000;

let cast: Cast;

beforeAll(async () => {
  cast = await gatherCast();
});

// what one test has left unsent is nothing to the next
beforeEach(async () => {
  await prisma.file.deleteMany({ where: { messageId: null } });
});

const store = (image: Partial<StoreImage> = {}) =>
  storeImage(cast.alice, {
    conversationId: cast.general,
    filename: 'cat.png',
    bytes: Buffer.from('picture'),
    ...image,
  });

const keptNames = async () => {
  const names = [];
  for await (const { name } of fileStore().list()) names.push(name);
  return names.sort();
};
const thumbnailIn = async (file: { id: number }) => {
  const row = await prisma.file.findUniqueOrThrow({ where: { id: file.id } });
  const stream = row.thumbnailName === null ? null : await fileStore().open(row.thumbnailName);
  const bytes = stream && (await buffer(stream));
  expect(row.thumbnailSize).toBe(bytes?.length ?? 0);
  return bytes;
};

describe('an image for a conversation', () => {
  it.each(['a.jpg', 'a.JPEG', 'a.Png', 'a.webp', 'a.b.WEBP'])(
    'may be called %s [MK-45]',
    async (filename) => {
      const file = await store({ filename });
      expect(file.originalName).toBe(filename);
      expect(datedName(file)).toMatch(/^\d{13}-[0-9a-f]{12,32}\.(jpe?g|png|webp|svg)$/);
    },
  );

  it.each(['a.gif', 'a', 'png', 'a.png.exe', 'a.html', '', 'a.avif', 'a.'])(
    'may not be called %j [MK-45]',
    async (filename) => {
      expect(await refusalOf(store({ filename }))).toBe('invalid/image_type');
    },
  );

  it('has from 1 byte to 10 MiB, whatever they are [MK-46]', async () => {
    const largest = await store({ bytes: Buffer.alloc(10 * MEBIBYTE, 7) });
    expect(largest.size).toBe(10 * MEBIBYTE);
    expect(await refusalOf(store({ bytes: Buffer.alloc(10 * MEBIBYTE + 1, 7) }))).toBe(
      'invalid/image_too_large',
    );
    expect(await refusalOf(store({ bytes: Buffer.alloc(0) }))).toBe('invalid/no_image');
    expect(await store({ bytes: Buffer.from('x') })).toMatchObject({ size: 1, mediaType: 'image/png' });
  });

  it('comes from members only, and from those who may write there', async () => {
    const news = await makeConversation({
      name: 'news',
      visibility: 'public',
      adminsOnly: true,
      members: [cast.alice, cast.carol],
    });
    await prisma.conversation.update({ where: { id: news }, data: { adminsOnly: true } });
    const from = (actor: Cast['alice'], conversationId: number) =>
      storeImage(actor, { conversationId, filename: 'a.png', bytes: Buffer.from('x') });
    expect(await refusalOf(from(cast.mallory, cast.secret))).toBe('not_found/conversation');
    expect(await refusalOf(from(cast.alice, 999_999))).toBe('not_found/conversation');
    expect(await refusalOf(from(cast.carol, news))).toBe('forbidden/admins_only');
    expect(await from(cast.alice, news)).toMatchObject({ size: 1 });
  });

  it('is not stored for somebody who uploads and never sends', async () => {
    const erin = await makeActor('erin');
    const place = await makeConversation({ members: [erin] });
    const image = () =>
      storeImage(erin, { conversationId: place, filename: 'a.png', bytes: Buffer.from('x') });
    for (let count = 0; count < 100; count++) await image();
    expect(await refusalOf(image())).toBe('rate_limited/too_many_unsent_files');
  });

  it('loses what runs in a drawing, or is refused [MK-50]', async () => {
    const bytes = Buffer.from('<svg onload="alert(1)"><script>alert(1)</script><circle r="2"/></svg>');
    const file = await store({ filename: 'a.svg', bytes });
    expect(file).toMatchObject({ mediaType: 'image/svg+xml', width: null });
    const opened = await openImage(cast.bob, { conversationId: cast.general, datedName: datedName(file) });
    const kept = (await buffer(await opened.read())).toString();
    expect(kept).toContain('<circle r="2">');
    expect(kept).not.toMatch(/alert|script|onload/);
    expect(await refusalOf(store({ filename: 'a.svg', bytes: Buffer.from('no') }))).toBe('invalid/bad_image');
  });
});

describe('the thumbnail of an image', () => {
  it('is a JPEG of at most 400 pixels, turned as the photograph is', async () => {
    const photo = await sharp(await picture('jpeg', { width: 1600, height: 800 }))
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const file = await store({ filename: 'a.jpg', bytes: photo });
    expect(file).toMatchObject({ width: 800, height: 1600 });
    const { format, width, height } = await sharp((await thumbnailIn(file)) ?? undefined).metadata();
    expect({ format, width, height }).toEqual({ format: 'jpeg', width: 200, height: 400 });
  });

  it('is the one that came with the image, encoded anew', async () => {
    const given = await picture('png', { width: 300, height: 100 });
    const file = await store({ bytes: await picture('png'), thumbnail: given });
    const kept = (await thumbnailIn(file)) ?? Buffer.alloc(0);
    expect(await sharp(kept).metadata()).toMatchObject({ format: 'jpeg', width: 300, height: 100 });
  });

  it('is taken at its word when it begins like a JPEG and can’t be read', async () => {
    const thumbnail = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('nonsense')]);
    expect(await thumbnailIn(await store({ thumbnail }))).toEqual(thumbnail);
  });

  it('is made here when the one that came is of no use, and never fails the upload', async () => {
    const bytes = await picture('png', { width: 50, height: 60 });
    const uses = [Buffer.from('nonsense'), Buffer.alloc(0), Buffer.alloc(MEBIBYTE + 1, 0xff)];
    for (const thumbnail of uses) {
      const kept = (await thumbnailIn(await store({ bytes, thumbnail }))) ?? Buffer.alloc(0);
      expect(await sharp(kept).metadata()).toMatchObject({ format: 'jpeg', width: 50, height: 60 });
    }
    expect(await thumbnailIn(await store({ thumbnail: Buffer.from('nonsense') }))).toBeNull();
  });

  it('is not made of a small file that unpacks to more than fits into memory', async () => {
    const blank = { width: 9_000, height: 7_200, channels: 3 as const, background: 'black' };
    const bomb = await sharp({ create: blank, limitInputPixels: false })
      .png({ compressionLevel: 9 })
      .toBuffer();
    expect(bomb.length).toBeLessThan(10 * MEBIBYTE);
    const file = await store({ bytes: bomb });
    expect(await thumbnailIn(file)).toBeNull();
    expect(file).toMatchObject({ width: 9_000, height: 7_200 });
  });
});

describe('an image goes with its thumbnail', () => {
  const withThumbnail = async () => store({ bytes: await picture('png') });
  const send = (fileIds: number[]) =>
    sendMessage(cast.alice, { conversationId: cast.general, entries: [{ fileIds }] });

  it('when its uploader throws it away', async () => {
    const before = await keptNames();
    const file = await withThumbnail();
    expect(await keptNames()).toHaveLength(before.length + 2);
    await discardUploads(cast.alice, [file.id]);
    expect(await keptNames()).toEqual(before);
  });

  it('when its message is deleted', async () => {
    const before = await keptNames();
    const file = await withThumbnail();
    const [message] = await send([file.id]);
    await deleteMessage(cast.alice, { messageId: message?.id ?? 0 });
    expect(await keptNames()).toEqual(before);
  });

  it('when nobody has sent it for a day', async () => {
    holdClock();
    const before = await keptNames();
    await withThumbnail();
    await cleanUnattached();
    expect(await keptNames()).toHaveLength(before.length + 2);
    advanceClock(DAY + 1);
    await cleanUnattached();
    releaseClock();
    expect((await keptNames()).filter((name) => !before.includes(name))).toEqual([]);
  });

  it('when it is older than images are kept', async () => {
    const before = await keptNames();
    const file = await withThumbnail();
    await send([file.id]);
    holdClock();
    advanceClock(40 * DAY);
    await runFileRetention();
    releaseClock();
    expect((await keptNames()).filter((name) => !before.includes(name))).toEqual([]);
  });

  it('and counts with it where the upload folder is full', async () => {
    await prisma.file.deleteMany();
    const file = await withThumbnail();
    await send([file.id]);
    const row = await prisma.file.findUniqueOrThrow({ where: { id: file.id } });
    settings().max_upload_dir_size_mb = (row.size + row.thumbnailSize) / MEBIBYTE;
    expect(await runFileRetention()).toBe(0);
    settings().max_upload_dir_size_mb = (row.size + row.thumbnailSize - 1) / MEBIBYTE;
    expect(await runFileRetention()).toBe(1);
  });

  it('and the clean-up leaves both where they are', async () => {
    const file = await withThumbnail();
    await send([file.id]);
    const { utimesSync } = await import('node:fs');
    const { join } = await import('node:path');
    const { env } = await import('#server/platform/env');
    const names = await keptNames();
    for (const name of names) utimesSync(join(env().DATA_DIR, 'files', name.slice(0, 2), name), 0, 0);
    await cleanUnattached();
    const row = await prisma.file.findUniqueOrThrow({ where: { id: file.id } });
    expect(await keptNames()).toEqual(expect.arrayContaining([row.name, row.thumbnailName]));
  });
});
