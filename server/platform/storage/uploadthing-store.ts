import { randomUUID } from 'node:crypto';
import { createWriteStream, openAsBlob } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { UTApi } from 'uploadthing/server';
import {
  type ByteRange,
  type FileStore,
  NameTaken,
  type StoredFile,
} from '#server/platform/storage/file-store';
import { isStoredName } from '#server/platform/storage/stored-name';

const LINK_SECONDS = 300;

/**
 * UploadThing's cloud. Our names are its custom ids, and every read goes through this server, which knows who may.
 * Its endpoints come from UPLOADTHING_API_URL, _INGEST_URL and _UFS_HOST when those are set.
 */
export class UploadThingStore implements FileStore {
  readonly #token: string;
  #api: UTApi | undefined;

  constructor(token: string) {
    this.#token = token;
  }

  async put(stream: AsyncIterable<Uint8Array>, name: string): Promise<number> {
    if (!isStoredName(name)) throw new TypeError(`not a stored name: ${name}`);
    if (await this.stat(name)) throw new NameTaken('there is a file of that name');
    // The length has to be known before the first byte goes out.
    const spool = join(tmpdir(), `parley-${randomUUID()}`);
    try {
      await pipeline(stream, createWriteStream(spool, { flags: 'wx', mode: 0o600 }));
      const { UTFile } = await import('uploadthing/server');
      const file = new UTFile([await openAsBlob(spool)], name, { customId: name });
      const { data, error } = await (await this.#client()).uploadFiles(file);
      if (error) throw new Error(`UploadThing refused a file: ${error.message}`);
      return data.size;
    } finally {
      await rm(spool, { force: true });
    }
  }

  async open(name: string, range?: ByteRange): Promise<Readable | null> {
    const headers: HeadersInit = range ? { range: `bytes=${range.start}-${range.end}` } : {};
    const response = await this.#request('GET', name, headers);
    if (!response?.body) return null;
    if (range && response.status !== 206) {
      await response.body.cancel();
      throw new Error('UploadThing ignored a range');
    }
    return Readable.fromWeb(response.body as ReadableStream<Uint8Array>);
  }

  async stat(name: string): Promise<StoredFile | null> {
    const response = await this.#request('HEAD', name, {});
    if (!response) return null;
    const modified = Date.parse(response.headers.get('last-modified') ?? '');
    return {
      size: Number(response.headers.get('content-length') ?? 0),
      modifiedAt: Number.isNaN(modified) ? 0 : modified * 1000,
    };
  }

  async delete(name: string): Promise<boolean> {
    if (!isStoredName(name)) return false;
    const { deletedCount } = await (await this.#client()).deleteFiles(name, { keyType: 'customId' });
    return deletedCount > 0;
  }

  /** Nothing: an app in the cloud may be shared, and what this server doesn't know may be another's. */
  async *list(): AsyncGenerator<never> {}

  /** Nothing to do: the cloud drops unfinished uploads itself. */
  async sweep(): Promise<void> {}

  async #request(method: 'GET' | 'HEAD', name: string, headers: HeadersInit): Promise<Response | null> {
    if (!isStoredName(name)) return null;
    const { ufsUrl } = await (await this.#client()).generateSignedURL(name, { expiresIn: LINK_SECONDS });
    const response = await fetch(ufsUrl, { method, headers });
    if (response.ok) return response;
    await response.body?.cancel();
    if (response.status === 404) return null;
    throw new Error(`UploadThing answered ${response.status}`);
  }

  /** Loaded when first needed: the library is large and most servers keep their files on disk. */
  async #client(): Promise<UTApi> {
    const { UTApi } = await import('uploadthing/server');
    this.#api ??= new UTApi({ token: this.#token, logLevel: 'Error' });
    return this.#api;
  }
}
