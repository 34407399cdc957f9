import type { Prisma } from '#server/platform/database';
import { settings } from '#server/platform/settings';

const MEGABYTE = 1024 * 1024;
const MAX_NAME_LENGTH = 255;

/** An upload as its readers see it. `size` is in bytes; `width` and `height` in pixels, for images that could be read. */
export type FileView = {
  id: number;
  /** `<32 hex><.ext>`: unique, and what it is fetched by */
  name: string;
  originalName: string;
  mediaType: string;
  size: number;
  width: number | null;
  height: number | null;
  /** stamp of the upload */
  createdAt: number;
};

/** What a query has to select for a `FileView`; pass the row through `plain`. */
export const fileFields = {
  id: true,
  name: true,
  originalName: true,
  mediaType: true,
  size: true,
  width: true,
  height: true,
  createdAt: true,
} satisfies Prisma.FileSelect;

/** The largest attachment the settings allow, in bytes. */
export function uploadLimitBytes(): number {
  return Math.floor(settings().max_upload_size_mb * MEGABYTE);
}

/** The largest picture of an account the settings allow, in bytes. */
export function avatarLimitBytes(): number {
  return Math.floor(settings().max_avatar_size_mb * MEGABYTE);
}

/**
 * An uploader's name for a file as others may see it: no path, no control characters or halves of characters (Postgres
 * can't store them), at most 255 characters, never blank.
 */
export function shownName(originalName: string): string {
  const last = originalName.split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(/[\p{Cc}\p{Cs}]/gu, '').trim();
  return [...clean].slice(0, MAX_NAME_LENGTH).join('') || 'file';
}
