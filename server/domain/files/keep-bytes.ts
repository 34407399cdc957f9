import { refuse } from '#server/domain/kernel/refusal';
import type { FileStore } from '#server/platform/storage/file-store';

const MEGABYTE = 1024 * 1024;

/**
 * Streams an upload into a store and answers its size in bytes. Refuses `too_large` the moment the stream passes the
 * limit (`file_too_large`, with the limit in MB) or the store runs full (`storage_full`), and `conflict` for a name that
 * is taken (`already_uploaded`); then nothing is kept.
 */
export async function keepBytes(
  store: FileStore,
  stream: AsyncIterable<Uint8Array>,
  name: string,
  limitBytes: number,
): Promise<number> {
  try {
    return await store.put(upTo(limitBytes, stream), name);
  } catch (error) {
    // By name: the store may come from the process's other module graph, with classes of its own.
    const problem = error instanceof Error ? error.name : '';
    if (problem === 'StorageFull') refuse('too_large', 'storage_full');
    if (problem === 'NameTaken') refuse('conflict', 'already_uploaded');
    throw error;
  }
}

/** The same for bytes that are in memory. */
export function keepWhole(store: FileStore, bytes: Uint8Array, name: string): Promise<number> {
  return keepBytes(store, inOnePiece(bytes), name, bytes.length);
}

export async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function* upTo(limitBytes: number, stream: AsyncIterable<Uint8Array>) {
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > limitBytes) refuse('too_large', 'file_too_large', { limitMb: limitBytes / MEGABYTE });
    yield chunk;
  }
}
