import { join } from 'node:path';
import { env } from '#server/platform/env';
import { processSingleton } from '#server/platform/process-singleton';
import { DiskStore } from '#server/platform/storage/disk-store';
import type { FileStore } from '#server/platform/storage/file-store';
import { UploadThingStore } from '#server/platform/storage/uploadthing-store';

/** Attachments. */
export function fileStore(): FileStore {
  return processSingleton('storage.files', () => makeStore('files'));
}

/** Pictures of accounts. */
export function avatarStore(): FileStore {
  return processSingleton('storage.avatars', () => makeStore('avatars'));
}

function makeStore(directory: string): FileStore {
  const token = env().UPLOADTHING_TOKEN;
  return token ? new UploadThingStore(token) : new DiskStore(join(env().DATA_DIR, directory));
}
