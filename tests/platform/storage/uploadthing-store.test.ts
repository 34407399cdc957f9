import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newStoredName } from '#server/platform/storage/stored-name';
import { UploadThingStore } from '#server/platform/storage/uploadthing-store';
import { streamOf } from '#tests/support/pictures';
import { expectConsole } from '#tests/support/quiet-console';
import { CLOUD_TOKEN, serveCloud } from '#tests/support/uploadthing-cloud';

let cloud: Awaited<ReturnType<typeof serveCloud>>;
let store: UploadThingStore;

beforeAll(async () => {
  cloud = await serveCloud();
  store = new UploadThingStore(CLOUD_TOKEN);
});

afterAll(() => cloud.close());

// The library warns of fields that it reads itself.
beforeEach(() => expectConsole('warn', /deprecated/));

describe('the store in UploadThing’s cloud', () => {
  it('gives back what it was given, whole and in parts', async () => {
    const name = newStoredName('a.txt');
    expect(await store.put(streamOf('hello world'), name)).toBe(11);
    expect(cloud.files.get(name)?.toString()).toBe('hello world');
    expect(await store.stat(name)).toMatchObject({ size: 11, modifiedAt: expect.any(Number) });
    const read = async (range?: { start: number; end: number }) => {
      const stream = await store.open(name, range);
      return stream && text(stream);
    };
    expect(await read()).toBe('hello world');
    expect(await read({ start: 6, end: 8 })).toBe('wor');
  });

  it('never writes over a file, deletes once, and knows nothing of the rest', async () => {
    const name = newStoredName('a.txt');
    await store.put(streamOf('first'), name);
    await expect(store.put(streamOf('second'), name)).rejects.toMatchObject({ name: 'NameTaken' });
    expect(await store.delete(name)).toBe(true);
    expect(await store.delete(name)).toBe(false);
    expect(await store.open(name)).toBeNull();
    expect(await store.stat(name)).toBeNull();
    for (const odd of ['../x', '', 'key']) {
      expect(await store.open(odd)).toBeNull();
      expect(await store.delete(odd)).toBe(false);
    }
  });

  it('lists nothing, because the app may not be this server’s alone', async () => {
    for await (const found of store.list()) expect.unreachable(String(found));
    await store.sweep();
  });
});
