import { randomUUID } from 'node:crypto';
import { type FileHandle, link, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import {
  type ByteRange,
  type FileStore,
  NameTaken,
  StorageFull,
  type StoredFile,
} from '#server/platform/storage/file-store';
import { isStoredName } from '#server/platform/storage/stored-name';

const INCOMING = '.incoming';
const SHELF = /^[0-9a-f]{2}$/;
/** Another process may share the directory, so only writes that stopped moving count as interrupted. */
const STALLED_MS = 10 * 60_000;
const DISK_FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const NO_HARD_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** Files in a directory of this machine, fanned out by the first two digits of their names. */
export class DiskStore implements FileStore {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async put(stream: AsyncIterable<Uint8Array>, name: string): Promise<number> {
    const path = this.#pathOf(name);
    if (path === null) throw new TypeError(`not a stored name: ${name}`);
    const incoming = join(this.#root, INCOMING, randomUUID());
    try {
      await makeDirectory(dirname(incoming));
      const size = await writeDurably(incoming, stream);
      await makeDirectory(dirname(path));
      await moveInto(incoming, path);
      await syncDirectory(dirname(path));
      return size;
    } catch (error) {
      if (DISK_FULL.has(codeOf(error))) throw new StorageFull('the disk is full', { cause: error });
      throw error;
    } finally {
      await rm(incoming, { force: true });
    }
  }

  async open(name: string, range?: ByteRange): Promise<Readable | null> {
    const path = this.#pathOf(name);
    const file = path && (await unlessAbsent(open(path, 'r')));
    return file ? file.createReadStream(range ?? {}) : null;
  }

  async stat(name: string): Promise<StoredFile | null> {
    const path = this.#pathOf(name);
    const found = path && (await unlessAbsent(stat(path)));
    return found ? { size: found.size, modifiedAt: Math.round(found.mtimeMs * 1000) } : null;
  }

  async delete(name: string): Promise<boolean> {
    const path = this.#pathOf(name);
    if (path === null) return false;
    return (await unlessAbsent(rm(path).then(() => true))) ?? false;
  }

  async *list() {
    for (const shelf of (await unlessAbsent(readdir(this.#root))) ?? []) {
      if (!SHELF.test(shelf)) continue;
      for (const name of await readdir(join(this.#root, shelf))) {
        const found = await this.stat(name);
        if (found) yield { name, modifiedAt: found.modifiedAt };
      }
    }
  }

  async sweep(): Promise<void> {
    const directory = join(this.#root, INCOMING);
    for (const name of (await unlessAbsent(readdir(directory))) ?? []) {
      const path = join(directory, name);
      const found = await unlessAbsent(stat(path));
      if (found && found.mtimeMs < Date.now() - STALLED_MS) await rm(path, { force: true });
    }
  }

  #pathOf(name: string): string | null {
    return isStoredName(name) ? join(this.#root, name.slice(0, 2), name) : null;
  }
}

/** Writes and fsyncs a new file; answers its size in bytes. */
async function writeDurably(path: string, stream: AsyncIterable<Uint8Array>): Promise<number> {
  const file: FileHandle = await open(path, 'wx', 0o600);
  try {
    await writeFile(file, stream);
    await file.sync();
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

/** Gives a finished file its name. A link, unlike a rename, never replaces a file that is already there. */
async function moveInto(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw new NameTaken('there is a file of that name', { cause: error });
    if (!NO_HARD_LINKS.has(codeOf(error))) throw error;
    await rename(from, to);
  }
}

async function makeDirectory(path: string): Promise<void> {
  const topmost = await mkdir(path, { recursive: true, mode: 0o700 });
  if (topmost) await syncDirectory(dirname(topmost));
}

/** A new name survives a power cut only once its directory is on disk as well. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

async function unlessAbsent<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | null)?.code ?? '';
}
