import { buffer } from 'node:stream/consumers';
import { sniffPicture } from '#server/domain/files/media-type';
import type { FileStore } from '#server/platform/storage/file-store';

/** As much as says what kind of file it is. */
const FIRST_BYTES = 64;
/** Enough for the dimensions of nearly every picture, camera metadata and colour profile included. */
const HEADER_BYTES = 512 * 1024;
const WHOLE_BYTES = 32 * 1024 * 1024;

export type ImageSize = { width: number; height: number };

/** The first few bytes of a stored file. */
export function readFirstBytes(store: FileStore, name: string, size: number): Promise<Buffer> {
  return readUpTo(store, name, Math.min(size, FIRST_BYTES));
}

/**
 * A picture's size in pixels, as it is shown (camera rotation applied), read from its header without decoding it.
 * Null for whatever isn't a readable picture: an upload never fails because of it.
 */
export async function imageSize(store: FileStore, name: string, size: number): Promise<ImageSize | null> {
  const seen = await measure(await readUpTo(store, name, Math.min(size, HEADER_BYTES)));
  if (seen || size <= HEADER_BYTES || size > WHOLE_BYTES) return seen;
  return measure(await readUpTo(store, name, size));
}

/** The same for a picture that is in memory; null for anything but pixels, which an SVG isn't. */
export async function imageSizeOf(bytes: Uint8Array): Promise<ImageSize | null> {
  return sniffPicture(bytes) === null ? null : measure(bytes);
}

async function measure(bytes: Uint8Array): Promise<ImageSize | null> {
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
