import type { Readable } from 'node:stream';
import type { OpenedFile } from '#server/domain/files/open-file';

/** A file of somebody's must never run as ours, whatever its bytes are (a picture that is also a page). */
const SANDBOX =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; media-src 'self'; frame-ancestors 'none'; base-uri 'none'";
/** A drawing fetches nothing at all, wherever it is opened. */
const DRAWING =
  "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'; base-uri 'none'";

/**
 * The HTTP answer with a file: whole, one range of it (206), or nothing new (304). `cacheControl` says how long its
 * name keeps its content. Answers HEAD without opening the bytes.
 */
export async function fileResponse(
  file: OpenedFile,
  request: Request,
  cacheControl: string,
): Promise<Response> {
  const headers = new Headers({
    'content-type': file.mediaType,
    'content-disposition': dispositionOf(file),
    'content-security-policy': file.mediaType === 'image/svg+xml' ? DRAWING : SANDBOX,
    'x-content-type-options': 'nosniff',
    'cache-control': cacheControl,
    'accept-ranges': 'bytes',
    etag: file.etag,
  });
  if (isKnown(request.headers.get('if-none-match'), file.etag))
    return new Response(null, { status: 304, headers });

  const range = rangeOf(request, file);
  if (range === 'unsatisfiable') {
    headers.set('content-range', `bytes */${file.size}`);
    return new Response(null, { status: 416, headers });
  }
  headers.set('content-length', String(range ? range.end - range.start + 1 : file.size));
  if (range) headers.set('content-range', `bytes ${range.start}-${range.end}/${file.size}`);
  const status = range ? 206 : 200;
  if (request.method === 'HEAD') return new Response(null, { status, headers });
  const bytes = await file.read(range ?? undefined);
  return new Response(webStreamOf(bytes), { status, headers });
}

/** Unlike Node's own adapter, which throws out of reach when a reader leaves while data waits. */
function webStreamOf(bytes: Readable): ReadableStream<Uint8Array> {
  const chunks = bytes[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel() {
      bytes.destroy();
    },
  });
}

/** The original name in both spellings of RFC 6266. */
function dispositionOf(file: OpenedFile): string {
  if (file.inline) return 'inline';
  const ascii = file.originalName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(file.originalName).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

function isKnown(ifNoneMatch: string | null, etag: string): boolean {
  if (!ifNoneMatch) return false;
  return ifNoneMatch.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')));
}

/** One byte range, both ends included; several at once, or another unit, are answered with the whole. */
function rangeOf(request: Request, { size, etag }: OpenedFile) {
  const match = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get('range') ?? '');
  const ifRange = request.headers.get('if-range');
  if (!match || (ifRange !== null && ifRange !== etag)) return null;
  const [, first, last] = match;
  if (first === '' && last === '') return null;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return null;
  return start < size && start <= end ? { start, end } : 'unsatisfiable';
}
