import { LRUCache } from 'lru-cache';
import { sniffPicture } from '#server/domain/files/media-type';
import type { Actor } from '#server/domain/kernel/actor';
import { callingOutFor, callOut } from '#server/domain/previews/call-out';
import { linkPreview } from '#server/domain/previews/link-preview';
import { processSingleton } from '#server/platform/process-singleton';

const MEGABYTE = 1024 * 1024;
const IMAGE_BYTES = 5 * MEGABYTE;
/** A small file can unpack to more pixels than fit into memory. */
const MAX_PIXELS = 40_000_000;
const WIDTH = 640;
const HEIGHT = 360;
const SECONDS = 5;

type Thumbnail = { bytes: Buffer | null };

/** By the image's URL. */
const thumbnails = processSingleton(
  'previews.images',
  () =>
    new LRUCache<string, Thumbnail>({
      maxSize: 16 * MEGABYTE,
      sizeCalculation: ({ bytes }) => (bytes?.length ?? 0) + 100,
      ttl: 60 * 60 * 1000,
      fetchMethod: async (url) => ({ bytes: await load(url) }),
    }),
);

/**
 * The picture of a link's preview as a small WebP, so that reading a message never calls a foreign host. Null when
 * there is none, for whatever reason; never rejects. Only what a page names as its picture is fetched.
 */
export async function previewImage(actor: Actor, link: string): Promise<Buffer | null> {
  const preview = await linkPreview(actor, link);
  if (preview?.type !== 'og' || preview.image === '') return null;
  const { image } = preview;
  const known = thumbnails.get(image);
  if (known) return known.bytes;
  try {
    const found = await callingOutFor(actor, () => thumbnails.fetch(image));
    return found?.bytes ?? null;
  } catch {
    return null;
  }
}

async function load(url: string): Promise<Buffer | null> {
  const fetched = await callOut(new URL(url), { limitBytes: IMAGE_BYTES, accept: 'image/*' });
  if (!fetched || fetched.bytes.length >= IMAGE_BYTES || sniffPicture(fetched.bytes) === null) return null;
  const { default: sharp } = await import('sharp');
  try {
    return await sharp(fetched.bytes, { limitInputPixels: MAX_PIXELS })
      .autoOrient()
      .resize({ width: WIDTH, height: HEIGHT, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 75 })
      .timeout({ seconds: SECONDS })
      .toBuffer();
  } catch {
    return null;
  }
}
