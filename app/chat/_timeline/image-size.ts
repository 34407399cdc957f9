import type { FileView } from '#app/_live/model.ts';

const MOST = { width: 400, height: 300 };
const LEAST = 48;
/** for an image whose header could not be read */
const UNKNOWN = { width: 240, height: 180 };

/** The pixels an image takes in the timeline, known before a byte of it is loaded. */
export function imageSize(file: Pick<FileView, 'width' | 'height'>): { width: number; height: number } {
  if (!file.width || !file.height) return UNKNOWN;
  const scale = Math.min(1, MOST.width / file.width, MOST.height / file.height);
  return {
    width: Math.max(LEAST, Math.round(file.width * scale)),
    height: Math.max(LEAST, Math.round(file.height * scale)),
  };
}

const THUMBNAIL_SIDE = 400;
const LARGE_BYTES = 100 * 1024;

/**
 * What the browser may load instead of a large photograph where that has enough pixels for the screen: its thumbnail.
 * Undefined for everything else: a thumbnail is a JPEG, which neither moves nor is transparent.
 */
export function thumbnailSet(
  href: string,
  { mediaType, size, width, height }: Pick<FileView, 'mediaType' | 'size' | 'width' | 'height'>,
): string | undefined {
  if (mediaType !== 'image/jpeg' || size < LARGE_BYTES || !width || !height) return undefined;
  const scale = THUMBNAIL_SIDE / Math.max(width, height);
  if (scale >= 1) return undefined;
  return `${href}?size=thumb ${Math.round(width * scale)}w, ${href} ${width}w`;
}

export function isImage(file: Pick<FileView, 'mediaType'>): boolean {
  return file.mediaType.startsWith('image/') && file.mediaType !== 'image/svg+xml';
}
