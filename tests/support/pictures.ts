import { Readable } from 'node:stream';
import sharp from 'sharp';

type Format = 'png' | 'jpeg' | 'gif' | 'webp' | 'avif';

/** A real picture of one colour. */
export function picture(format: Format = 'png', { width = 40, height = 30 } = {}): Promise<Buffer> {
  const blank = { width, height, channels: 3 as const, background: { r: 200, g: 80, b: 40 } };
  return sharp({ create: blank }).toFormat(format).toBuffer();
}

/** A body as an upload brings it: in pieces. */
export function streamOf(content: Buffer | string, pieceBytes = 16 * 1024): Readable {
  const bytes = Buffer.from(content);
  const pieces = Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, index) =>
    bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes),
  );
  return Readable.from(pieces);
}
