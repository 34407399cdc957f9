import { randomBytes } from 'node:crypto';

const STORED_NAME = /^[0-9a-f]{32}(\.[a-z0-9]{1,16})?$/;
const EXTENSION = /\.[a-z0-9]{1,16}$/;

/** The only names a store knows, so a path can never be smuggled in through one. */
export function isStoredName(name: string): boolean {
  return STORED_NAME.test(name);
}

/** A fresh, unguessable name that keeps the original's extension in lower case: `<32 hex><.ext>`. */
export function newStoredName(originalName: string): string {
  return randomBytes(16).toString('hex') + extensionOf(originalName);
}

/** The lower-cased extension with its dot (`.png`), or `''`. */
export function extensionOf(name: string): string {
  return EXTENSION.exec(name.toLowerCase())?.[0] ?? '';
}
