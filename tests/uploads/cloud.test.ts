import { buffer, text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sealSessionCookie } from '#server/auth/session-cookie';
import { datedName } from '#server/domain/files/dated-name';
import { discardUploads } from '#server/domain/files/discard-uploads';
import { openFile } from '#server/domain/files/open-file';
import { openImage } from '#server/domain/files/open-image';
import { storeImage } from '#server/domain/files/store-image';
import { openSession } from '#server/domain/sessions/open-session';
import { prisma } from '#server/platform/database';
import { fileStore } from '#server/platform/storage/stores';
import { handleIngest } from '#server/uploads/ingest';
import { handleUploadThing } from '#server/uploads/presign';
import { type Cast, gatherCast } from '#tests/support/cast';
import { picture } from '#tests/support/pictures';
import { expectConsole } from '#tests/support/quiet-console';
import { serveCloud } from '#tests/support/uploadthing-cloud';

// The environment is read once, by the first import that needs it.
await vi.hoisted(async () => {
  const { CLOUD_TOKEN } = await import('#tests/support/uploadthing-cloud');
  process.env.UPLOADTHING_TOKEN = CLOUD_TOKEN;
});

let cloud: Awaited<ReturnType<typeof serveCloud>>;
let cast: Cast;
let cookie: string;

beforeAll(async () => {
  cloud = await serveCloud();
  cast = await gatherCast();
  const device = { face: 'web' as const, userAgent: null, ip: null };
  const { token } = await prisma.$transaction((db) => openSession(db, cast.alice.accountId, device));
  cookie = (await sealSessionCookie(token, { secure: false })).split(';', 1)[0] as string;
});

afterAll(() => cloud.close());

async function ask() {
  const response = await handleUploadThing(
    new Request('https://parley.example/api/uploadthing?actionType=upload&slug=attachment', {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ files: [{ name: 'a.txt', size: 5, type: 'text/plain' }], input: null }),
    }),
  );
  expect(response.status).toBe(200);
  const [slot] = (await response.json()) as { url: string; key: string; customId: string }[];
  return slot as NonNullable<typeof slot>;
}

async function putToCloud(url: string): Promise<void> {
  const body = new FormData();
  body.set('file', new File(['hello'], 'a.txt'));
  expect((await fetch(url, { method: 'PUT', body })).status).toBe(200);
}

describe('with a token, uploads go to UploadThing’s cloud', () => {
  it('straight from the browser, and are the uploader’s once the cloud has reported them', async () => {
    const { url, key, customId } = await ask();
    expect(url.startsWith(cloud.origin)).toBe(true);
    await putToCloud(url);
    const facts = { name: 'a.txt', size: 5, customId };
    expect((await handleUploadThing(cloud.callbackFor(key, facts))).status).toBe(200);
    expect(cloud.results.get(key)).toMatchObject({ name: customId, originalName: 'a.txt', size: 5 });
    const opened = await openFile(cast.alice, customId);
    expect(await text(await opened.read())).toBe('hello');
    await expect(openFile(cast.bob, customId)).rejects.toMatchObject({ kind: 'not_found' });
    // a report may come twice
    expect((await handleUploadThing(cloud.callbackFor(key, facts))).status).toBe(200);
    expect(await prisma.file.count()).toBe(1);
  });

  it('and a report that the cloud did not sign is refused', async () => {
    const { key, customId } = await ask();
    const forged = cloud.callbackFor(key, { name: 'a.txt', size: 5, customId }, () => 'hmac-sha256=00');
    expect((await handleUploadThing(forged)).status).toBe(400);
    expect(await prisma.file.count({ where: { name: customId } })).toBe(0);
  });

  it('and so do images of other faces, with their thumbnails, and go from there again', async () => {
    // the library warns of fields that it reads itself
    expectConsole('warn', /deprecated/);
    const bytes = await picture('png', { width: 500, height: 100 });
    const file = await storeImage(cast.alice, { conversationId: cast.general, filename: 'a.png', bytes });
    const open = (thumb: boolean) =>
      openImage(cast.bob, { conversationId: cast.general, datedName: datedName(file), thumb });
    expect(await buffer(await (await open(false)).read())).toEqual(bytes);
    const small = await buffer(await (await open(true)).read());
    expect(small.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    const { name, thumbnailName } = await prisma.file.findUniqueOrThrow({ where: { id: file.id } });
    await discardUploads(cast.alice, [file.id]);
    for (const gone of [name, thumbnailName ?? '']) expect(await fileStore().stat(gone)).toBeNull();
  });

  it('and this server takes none itself', async () => {
    const response = await handleIngest(
      new Request('https://parley.example/api/uploads/key?x=1', { method: 'PUT', headers: { cookie } }),
    );
    expect(response.status).toBe(404);
  });
});
