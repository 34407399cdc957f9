import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DiskStore } from '#server/platform/storage/disk-store';
import { newStoredName } from '#server/platform/storage/stored-name';

let root: string;
let store: DiskStore;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'parley-store-'));
  store = new DiskStore(join(root, 'files'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const bytes = (content: string) => Readable.from([Buffer.from(content)]);
const read = async (name: string, range?: { start: number; end: number }) => {
  const stream = await store.open(name, range);
  return stream && text(stream);
};
const everyFile = () =>
  existsSync(root)
    ? readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => entry.name)
    : [];

describe('the disk store', () => {
  it('gives back what it was given, whole and in parts', async () => {
    const name = newStoredName('Notes.TXT');
    expect(name).toMatch(/^[0-9a-f]{32}\.txt$/);
    expect(await store.put(bytes('hello world'), name)).toBe(11);
    expect(await read(name)).toBe('hello world');
    expect(await read(name, { start: 6, end: 8 })).toBe('wor');
    expect(await store.stat(name)).toMatchObject({ size: 11 });
  });

  it('keeps files where no other user of the machine can read them', async () => {
    const name = newStoredName('secret.txt');
    await store.put(bytes('x'), name);
    expect(statSync(join(root, 'files', name.slice(0, 2), name)).mode & 0o077).toBe(0);
  });

  it('keeps an empty file', async () => {
    const name = newStoredName('empty');
    expect(await store.put(Readable.from([]), name)).toBe(0);
    expect(await read(name)).toBe('');
  });

  it('shows a file only when it is whole', async () => {
    const name = newStoredName('slow.bin');
    async function* slowly() {
      yield Buffer.alloc(70_000);
      expect(await store.stat(name)).toBeNull();
      expect(await store.open(name)).toBeNull();
      yield Buffer.alloc(70_000);
    }
    await store.put(slowly(), name);
    expect(await store.stat(name)).toMatchObject({ size: 140_000 });
  });

  it('leaves nothing behind when the stream breaks off', async () => {
    const name = newStoredName('broken.bin');
    async function* broken() {
      yield Buffer.alloc(70_000);
      throw new Error('the line went dead');
    }
    await expect(store.put(broken(), name)).rejects.toThrow('the line went dead');
    expect(await store.stat(name)).toBeNull();
    expect(everyFile()).toEqual([]);
  });

  it('says so when the disk is full, and leaves nothing behind', async () => {
    const name = newStoredName('large.bin');
    async function* untilFull() {
      yield Buffer.alloc(70_000);
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    }
    await expect(store.put(untilFull(), name)).rejects.toMatchObject({ name: 'StorageFull' });
    expect(everyFile()).toEqual([]);
  });

  it('never writes over a file, so that what was sent stays what it was', async () => {
    const name = newStoredName('once.txt');
    await store.put(bytes('first'), name);
    await expect(store.put(bytes('second'), name)).rejects.toMatchObject({ name: 'NameTaken' });
    expect(await read(name)).toBe('first');
    expect(everyFile()).toEqual([name]);
  });

  it('lets exactly one of many writers have a name', async () => {
    const name = newStoredName('race.txt');
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, writer) => store.put(bytes(`writer ${writer}`), name)),
    );
    const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await read(name)).toBe(`writer ${winner}`);
    expect(everyFile()).toEqual([name]);
  });

  it('deletes once, and lists what is left', async () => {
    const [kept, gone] = [newStoredName('a.txt'), newStoredName('b.txt')];
    await store.put(bytes('a'), kept);
    await store.put(bytes('b'), gone);
    expect(await store.delete(gone)).toBe(true);
    expect(await store.delete(gone)).toBe(false);
    expect(await read(gone)).toBeNull();
    writeFileSync(join(root, 'files', 'notes of the administrator'), 'not ours');
    const listed = [];
    for await (const { name } of store.list()) listed.push(name);
    expect(listed).toEqual([kept]);
  });

  it('lists nothing before anything was kept', async () => {
    for await (const { name } of store.list()) expect.unreachable(name);
    await store.sweep();
  });

  it('sweeps interrupted writes away, but not one that is still going', async () => {
    const incoming = join(root, 'files', '.incoming');
    await mkdir(incoming, { recursive: true });
    writeFileSync(join(incoming, 'stalled'), 'half');
    utimesSync(join(incoming, 'stalled'), new Date(), new Date(Date.now() - 3_600_000));
    writeFileSync(join(incoming, 'moving'), 'half');
    await store.sweep();
    expect(readdirSync(incoming)).toEqual(['moving']);
  });

  it('knows no other names than its own, however they are spelled', async () => {
    writeFileSync(join(root, 'outside.txt'), 'not yours');
    const dangerous = fc.oneof(
      fc.string(),
      fc
        .array(fc.constantFrom('..', '.', '/', '\\', '%2e', '%2f', '\0', 'files', 'outside.txt', 'ab'))
        .map((parts) => parts.join('')),
      fc
        .tuple(fc.constantFrom('', '../', '/', './'), fc.stringMatching(/^[0-9a-f]{32}$/))
        .map(([prefix, hex]) => `${prefix}${hex}.txt/../../../outside.txt`),
      fc.stringMatching(/^[0-9A-F]{32}$/),
    );
    await fc.assert(
      fc.asyncProperty(dangerous, async (name) => {
        fc.pre(!/^[0-9a-f]{32}(\.[a-z0-9]{1,16})?$/.test(name));
        expect(await store.open(name)).toBeNull();
        expect(await store.stat(name)).toBeNull();
        expect(await store.delete(name)).toBe(false);
        await expect(store.put(bytes('x'), name)).rejects.toThrow(TypeError);
      }),
      { numRuns: 300 },
    );
    expect(everyFile()).toEqual(['outside.txt']);
  });
});

describe('stored names', () => {
  it('keep a plain extension in lower case and drop anything else', () => {
    const extension = (original: string) => newStoredName(original).slice(32);
    expect(extension('photo.JPG')).toBe('.jpg');
    expect(extension('archive.tar.gz')).toBe('.gz');
    expect(extension('no extension')).toBe('');
    expect(extension('../../etc/passwd')).toBe('');
    expect(extension('evil.p/../h')).toBe('');
    expect(extension('odd.e x')).toBe('');
    expect(extension('')).toBe('');
  });
});
