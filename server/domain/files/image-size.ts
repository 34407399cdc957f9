import { buffer } from 'node:stream/consumers';
import { sniffPicture } from '#server/domain/files/media-type';
import type { FileStore } from '#server/platform/storage/file-store';

/** Enough for the dimensions of nearly every picture, camera metadata and colour profile included. */
const HEAD_BYTES = 512 * 1024;
const WHOLE_BYTES = 32 * 1024 * 1024;

export type ImageSize = { width: number; height: number };

/** The first bytes of a stored file. */
export async function readHead(store: FileStore, name: string, size: number): Promise<Buffer> {
  return readUpTo(store, name, Math.min(size, HEAD_BYTES));
}

/**
 * A picture's size in pixels, as it is shown (camera rotation applied), read from its header without decoding it.
 * Null for whatever isn't a readable picture: an upload never fails because of it.
 */
export async function imageSize(
  store: FileStore,
  name: string,
  size: number,
  head: Buffer,
): Promise<ImageSize | null> {
  if (sniffPicture(head) === null) return null;
  const seen = await measure(head);
  if (seen || size <= head.length || size > WHOLE_BYTES) return seen;
  return measure(await readUpTo(store, name, size));
}

async function measure(bytes: Buffer): Promise<ImageSize | null> {
  const { default: sharp } = await import('sharp');
  try {
    const { autoOrient } = await sharp(bytes, { failOn: 'none' }).metadata();
    return { width: autoOrient.width, height: autoOrient.height };
  } catch {
    return null;
  }
}

async function readUpTo(store: FileStore, name: string, bytes: number): Promise<Buffer> {
  if (bytes === 0) return Buffer.alloc(0);
  const stream = await store.open(name, { start: 0, end: bytes - 1 });
  return stream ? buffer(stream) : Buffer.alloc(0);
}
