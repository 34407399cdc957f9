import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';

type Range = { start: number; end: number };

/** A file that whoever asks may have. `size` is in bytes, ranges include both ends. */
export type ServedFile = {
  originalName: string;
  mediaType: string;
  size: number;
  etag: string;
  /** pictures: drawn by the browser; everything else is offered as a download */
  inline: boolean;
  read: (range?: Range) => Promise<Readable>;
};

/** Somebody's upload may be anything: it gets no scripts, no origin and no second opinion on its type. */
const SANDBOX = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
};

/**
 * The HTTP answer for a file: 200 whole, 206 for one range, 304 for a copy that is still good, 416 for a range outside
 * it; HEAD has the same headers and no body. `cacheControl` defaults to a private day, since names never change their
 * content.
 */
export async function serveFile(
  request: Request,
  file: ServedFile,
  { cacheControl = 'private, max-age=86400' }: { cacheControl?: string } = {},
): Promise<Response> {
  const headers = new Headers({
    ...SANDBOX,
    etag: file.etag,
    'cache-control': cacheControl,
    'accept-ranges': 'bytes',
    'content-type': file.mediaType,
    'content-disposition': file.inline ? 'inline' : attachmentOf(file.originalName),
  });
  if (hasCurrentCopy(request, file.etag)) {
    headers.delete('content-type');
    return new Response(null, { status: 304, headers });
  }
  const range = rangeOf(request, file);
  if (range === 'unsatisfiable') {
    headers.set('content-range', `bytes */${file.size}`);
    return new Response(null, { status: 416, headers });
  }
  headers.set('content-length', String(range ? range.end - range.start + 1 : file.size));
  if (range) headers.set('content-range', `bytes ${range.start}-${range.end}/${file.size}`);
  const body = request.method === 'HEAD' ? null : toWeb(await file.read(range ?? undefined));
  return new Response(body, { status: range ? 206 : 200, headers });
}

function hasCurrentCopy(request: Request, etag: string): boolean {
  const tags = request.headers.get('if-none-match');
  if (tags === null) return false;
  return tags.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')));
}

/** One range of bytes, null for the whole file: also when several are asked for, or of an older copy. */
function rangeOf(request: Request, { size, etag }: ServedFile): Range | 'unsatisfiable' | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(request.headers.get('range')?.trim() ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  if ((request.headers.get('if-range') ?? etag) !== etag) return null;
  const [from, to] = [match[1] as string, match[2] as string];
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && from !== '' && Number(to) < start) return null;
  return start > end ? 'unsatisfiable' : { start, end };
}

/** With the exact name for today's browsers and a plain one for the rest (RFC 6266). */
function attachmentOf(originalName: string): string {
  const plain = originalName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const exact = encodeURIComponent(originalName).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}

function toWeb(stream: Readable): ReadableStream {
  return Readable.toWeb(stream) as NodeReadableStream as ReadableStream;
}
