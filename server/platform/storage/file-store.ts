import type { Readable } from 'node:stream';

/** First and last byte, both included, as HTTP ranges count. */
export type ByteRange = { start: number; end: number };

/** `modifiedAt` is a stamp. */
export type StoredFile = { size: number; modifiedAt: number };

/**
 * Where bytes live, under names made by `newStoredName`. A name is written once and never changed: whoever finds it
 * finds the whole file. Names of any other form are not there.
 */
export interface FileStore {
  /**
   * Keeps everything the stream gives and answers its size in bytes. The name becomes visible at the end, whole; a
   * rejection (the stream's own, `StorageFull`, `NameTaken`) leaves nothing behind.
   */
  put(stream: AsyncIterable<Uint8Array>, name: string): Promise<number>;
  /** A stream of the file or of a part of it; null if it is not there. */
  open(name: string, range?: ByteRange): Promise<Readable | null>;
  stat(name: string): Promise<StoredFile | null>;
  /** Whether there was something to delete. */
  delete(name: string): Promise<boolean>;
  /** Everything kept, in no order, as far as the store belongs to this server alone. */
  list(): AsyncIterable<{ name: string; modifiedAt: number }>;
  /** Removes what interrupted writes left behind. */
  sweep(): Promise<void>;
}

export class StorageFull extends Error {
  override readonly name = 'StorageFull';
}

export class NameTaken extends Error {
  override readonly name = 'NameTaken';
}
