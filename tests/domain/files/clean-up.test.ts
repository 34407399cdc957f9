import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { storeAvatar } from '#server/domain/avatars/store-avatar';
import { cleanUnattached } from '#server/domain/files/clean-up';
import type { FileView } from '#server/domain/files/file';
import { openFile } from '#server/domain/files/open-file';
import { runFileRetention } from '#server/domain/files/retention';
import { storeUpload } from '#server/domain/files/store-upload';
import { sendMessage } from '#server/domain/messages/send-message';
import { advanceClock, holdClock, now, releaseClock } from '#server/platform/clock';
import { prisma } from '#server/platform/database';
import { env } from '#server/platform/env';
import { settings } from '#server/platform/settings';
import { newStoredName } from '#server/platform/storage/stored-name';
import { avatarStore, fileStore } from '#server/platform/storage/stores';
import { type Cast, gatherCast } from '#tests/support/cast';
import { picture, streamOf } from '#tests/support/pictures';

const HOUR = 60 * 60 * 1_000_000;
const DAY = 24 * HOUR;

let cast: Cast;

beforeAll(async () => {
  cast = await gatherCast();
});

afterEach(releaseClock);

const upload = (originalName = 'picture.png', content: Buffer | string = 'picture') =>
  storeUpload(cast.alice, { originalName, stream: streamOf(content) });

async function sent(file: FileView): Promise<FileView> {
  await sendMessage(cast.alice, { conversationId: cast.general, entries: [{ fileIds: [file.id] }] });
  return file;
}

const isThere = (name: string) =>
  openFile(cast.alice, name).then(
    () => true,
    () => false,
  );

/** Makes a file on disk look as if it had been written before the day was over. */
function age(directory: 'files' | 'avatars', name: string): void {
  const longAgo = new Date(now() / 1000 - 48 * 3_600_000);
  utimesSync(join(env().DATA_DIR, directory, name.slice(0, 2), name), longAgo, longAgo);
}

describe('the clean-up', () => {
  it('takes uploads that nobody sent within a day', async () => {
    holdClock();
    const [forgotten, used] = [await upload(), await sent(await upload())];
    advanceClock(23 * HOUR);
    const recent = await upload();
    await cleanUnattached();
    expect(await isThere(forgotten.name)).toBe(true);
    advanceClock(2 * HOUR);
    expect(await cleanUnattached()).toBe(1);
    expect(await Promise.all([forgotten, used, recent].map(({ name }) => isThere(name)))).toEqual([
      false,
      true,
      true,
    ]);
    expect(await fileStore().stat(forgotten.name)).toBeNull();
  });

  it('takes the files of messages that are deleted', async () => {
    const file = await sent(await upload());
    await prisma.message.updateMany({
      where: { files: { some: { id: file.id } } },
      data: { deletedAt: now() },
    });
    expect(await cleanUnattached()).toBe(1);
    expect(await fileStore().stat(file.name)).toBeNull();
    expect(await prisma.file.count({ where: { id: file.id } })).toBe(0);
  });

  it('takes bytes that no row names, but not those of an upload that is just coming in', async () => {
    const [orphan, incoming] = [newStoredName('a.png'), newStoredName('b.png')];
    const known = await sent(await upload());
    for (const name of [orphan, incoming]) await fileStore().put(streamOf('x'), name);
    age('files', orphan);
    age('files', known.name);
    expect(await cleanUnattached()).toBe(1);
    expect(await fileStore().stat(orphan)).toBeNull();
    expect(await fileStore().stat(incoming)).not.toBeNull();
    expect(await isThere(known.name)).toBe(true);
  });

  it('takes pictures that are nobody’s any more', async () => {
    const mine = await storeAvatar(cast.alice, { originalName: 'me.png', stream: streamOf(await picture()) });
    const orphan = newStoredName('old.png');
    await avatarStore().put(streamOf('x'), orphan);
    age('avatars', orphan);
    age('avatars', mine);
    expect(await cleanUnattached()).toBe(1);
    expect(await avatarStore().stat(orphan)).toBeNull();
    expect(await avatarStore().stat(mine)).not.toBeNull();
  });
});

describe('the retention of files', () => {
  afterEach(() => {
    Object.assign(settings(), {
      image_retention_days: 30,
      file_retention_days: 30,
      max_upload_dir_size_mb: 2048,
    });
  });

  it('takes images and other files at their own ages, and leaves the message its place', async () => {
    Object.assign(settings(), { image_retention_days: 10, file_retention_days: 20 });
    holdClock(now() + 100 * DAY);
    const [image, paper] = [await sent(await upload('a.png')), await sent(await upload('a.pdf'))];
    advanceClock(11 * DAY);
    const young = await sent(await upload('b.png'));
    await runFileRetention();
    expect(await Promise.all([image, paper, young].map(({ name }) => isThere(name)))).toEqual([
      false,
      true,
      true,
    ]);
    expect(await fileStore().stat(image.name)).toBeNull();
    const message = await prisma.message.findFirst({ where: { files: { some: { id: image.id } } } });
    expect(message).toMatchObject({ deletedAt: null });
    advanceClock(11 * DAY);
    expect(await runFileRetention()).toBe(2);
    expect(await Promise.all([paper, young].map(({ name }) => isThere(name)))).toEqual([false, false]);
  });

  it('keeps everything that a 0 switches off', async () => {
    Object.assign(settings(), { image_retention_days: 0, file_retention_days: 0, max_upload_dir_size_mb: 0 });
    const [image, paper] = [await sent(await upload('a.png')), await sent(await upload('a.pdf'))];
    holdClock(now() + 5_000 * DAY);
    expect(await runFileRetention()).toBe(0);
    expect(await isThere(image.name)).toBe(true);
    expect(await isThere(paper.name)).toBe(true);
  });

  it('takes the oldest files until the rest fits', async () => {
    Object.assign(settings(), {
      image_retention_days: 0,
      file_retention_days: 0,
      max_upload_dir_size_mb: 0.01,
    });
    await runFileRetention();
    const files = [];
    for (let index = 0; index < 5; index++)
      files.push(await sent(await upload('a.bin', Buffer.alloc(4_000))));
    await runFileRetention();
    expect(await Promise.all(files.map(({ name }) => isThere(name)))).toEqual([
      false,
      false,
      false,
      true,
      true,
    ]);
    expect(await runFileRetention()).toBe(0);
  });
});
