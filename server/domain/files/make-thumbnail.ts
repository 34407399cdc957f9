import { sniffPicture } from '#server/domain/files/media-type';
import { processSingleton } from '#server/platform/process-singleton';
import { Turnstile } from '#server/platform/turnstile';

const LONGEST_SIDE = 400;
/** A small file can unpack to more pixels than fit into memory. */
const MAX_PIXELS = 64_000_000;
const SECONDS = 5;
const MAX_GIVEN_BYTES = 1024 * 1024;

/** Decoding takes a core each; behind a long line a picture does without. */
const decoders = processSingleton('files.decoders', () => new Turnstile({ width: 2, line: 100 }));

/**
 * A small JPEG of a picture, turned the way its camera was held, on white where it is transparent. Null for whatever
 * can't be decoded within limits; never rejects.
 */
export async function makeThumbnail(picture: Uint8Array): Promise<Buffer | null> {
  // Nothing else is shown to the image library, which would read SVG as well.
  if (sniffPicture(picture) === null) return null;
  try {
    return await decoders.run(() => shrink(picture));
  } catch {
    return null;
  }
}

/**
 * The thumbnail that came with a picture, as it will be kept: encoded anew, so that it is what it says; what isn't
 * readable but begins as a JPEG does is taken at its word. Null when it is no use, or over 1 MiB.
 */
export async function givenThumbnail(bytes: Uint8Array): Promise<Uint8Array | null> {
  if (bytes.length > MAX_GIVEN_BYTES) return null;
  return (await makeThumbnail(bytes)) ?? (sniffPicture(bytes) === 'image/jpeg' ? bytes : null);
}

async function shrink(picture: Uint8Array): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  return sharp(picture, { limitInputPixels: MAX_PIXELS, failOn: 'none' })
    .autoOrient()
    .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .jpeg({ quality: 80 })
    .timeout({ seconds: SECONDS })
    .toBuffer();
}
