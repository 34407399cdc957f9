import { isStoredName } from '#server/platform/storage/stored-name';

const DATED_NAME = /^(\d{13})-(.+)$/;

/**
 * How an API that wants dated names calls a file: `<13-digit epoch ms of its upload>-<stored name>`. Nothing of it is
 * stored (docs/decisions/075-dated-file-names.md). `createdAt` is a stamp.
 */
export function datedName({ name, createdAt }: { name: string; createdAt: number }): string {
  return `${String(Math.floor(createdAt / 1000)).padStart(13, '0')}-${name}`;
}

/** The way back; null for anything that isn't such a name. Whoever looks the file up compares the moment as well. */
export function parseDatedName(text: string): { name: string; createdMs: number } | null {
  const [, digits = '', name = ''] = DATED_NAME.exec(text) ?? [];
  return isStoredName(name) ? { name, createdMs: Number(digits) } : null;
}
