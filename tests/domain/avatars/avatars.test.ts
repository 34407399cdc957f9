import { buffer } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import { openAvatar } from '#server/domain/avatars/open-avatar';
import { removeAvatar, storeAvatar } from '#server/domain/avatars/store-avatar';
import type { Actor } from '#server/domain/kernel/actor';
import { prisma } from '#server/platform/database';
import { settings } from '#server/platform/settings';
import { avatarStore } from '#server/platform/storage/stores';
import { type Cast, gatherCast } from '#tests/support/cast';
import { picture, streamOf } from '#tests/support/pictures';

let cast: Cast;

beforeAll(async () => {
  cast = await gatherCast();
});

const NOT_FOUND = { kind: 'not_found', reason: 'no_avatar' };
const store = (actor: Actor, originalName: string, content: Buffer | string) =>
  storeAvatar(actor, { originalName, stream: streamOf(content) });
const storedNames = async () => {
  const names = [];
  for await (const { name } of avatarStore().list()) names.push(name);
  return names;
};

describe('a picture of an account [MM-74]', () => {
  it('is served byte for byte, and always as a JPEG', async () => {
    const bytes = await picture('png');
    await store(cast.alice, 'me.PNG', bytes);
    const opened = await openAvatar('alice');
    expect(opened).toMatchObject({ mediaType: 'image/jpeg', inline: true, size: bytes.length });
    expect(await buffer(await opened.read())).toEqual(bytes);
  });

  it('replaces the one before, whose file goes', async () => {
    const first = await store(cast.bob, 'a.jpg', 'first');
    const second = await store(cast.bob, 'b.jpg', 'second');
    expect(await avatarStore().stat(first)).toBeNull();
    expect(await openAvatar('Bob')).toMatchObject({ name: second });
    expect((await openAvatar('Bob')).etag).not.toContain(first);
  });

  it('leaves one file, whoever wins a race', async () => {
    await Promise.all(
      Array.from({ length: 8 }, (_, index) => store(cast.carol, 'me.gif', `picture ${index}`)),
    );
    const { name } = await openAvatar('carol');
    const account = await prisma.account.findUniqueOrThrow({ where: { id: cast.carol.accountId } });
    expect(account.avatarFile).toBe(name);
    const others = await prisma.account.findMany({ where: { avatarFile: { not: null } } });
    expect((await storedNames()).sort()).toEqual(others.map(({ avatarFile }) => avatarFile).sort());
  });

  it('is found by the exact spelling of the name only', async () => {
    await store(cast.bob, 'b.jpg', 'bob');
    for (const name of ['bob', 'BOB', 'Bob ', 'nobody', '', '../Bob', 'Bob\0']) {
      await expect(openAvatar(name)).rejects.toMatchObject(NOT_FOUND);
    }
  });

  it('can be taken away, also when there is none', async () => {
    const name = await store(cast.dave, 'd.webp', 'dave');
    await removeAvatar(cast.dave);
    await removeAvatar(cast.dave);
    await expect(openAvatar('dave')).rejects.toMatchObject(NOT_FOUND);
    expect(await avatarStore().stat(name)).toBeNull();
  });

  it('must be an image by its name', async () => {
    await expect(store(cast.dave, '', 'x')).rejects.toMatchObject({ kind: 'invalid', reason: 'no_file' });
    for (const name of ['me.svg', 'me.bmp', 'me.png.exe', 'png', 'me']) {
      await expect(store(cast.dave, name, 'x')).rejects.toMatchObject({
        kind: 'invalid',
        reason: 'invalid_file_type',
      });
    }
  });

  it('is refused when it is too large, and the one before stays', async () => {
    const name = await store(cast.dave, 'd.png', 'small');
    settings().max_avatar_size_mb = 0.001;
    const refusal = {
      kind: 'too_large',
      reason: 'file_too_large',
      detail: { limitMb: expect.closeTo(0.001) },
    };
    await expect(store(cast.dave, 'd.png', Buffer.alloc(2_000))).rejects.toMatchObject(refusal);
    settings().max_avatar_size_mb = 5;
    expect(await openAvatar('dave')).toMatchObject({ name });
    expect(await storedNames()).toContain(name);
  });
});
