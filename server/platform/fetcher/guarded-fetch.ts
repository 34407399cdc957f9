import type { LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { BlockedUrl, type VettedAddress, vetUrl } from '#server/platform/fetcher/vet-url';

const MAX_REDIRECTS = 5;
const MAX_HEADER_BYTES = 32 * 1024;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export type GuardedFetch = {
  /** for everything together: names, redirects, body */
  timeoutMs: number;
  /** reading stops here, counted after decompression */
  limitBytes: number;
  /** origins that may be private, as in `https://wiki.lan:8443` */
  allowedOrigins: readonly string[];
  accept: string;
  /** reading also stops once this holds of everything read so far */
  enough?: (bytes: Buffer) => boolean;
};

/** `url` is where the redirects ended; `bytes` may be the beginning only. */
export type Fetched = { url: string; contentType: string; bytes: Buffer };

/**
 * The one way in which this server fetches what somebody else named. Answers null for everything but a 2xx that came
 * in time; rejects with `BlockedUrl` if the URL, or one it redirects to, isn't a public http(s) address.
 *
 * Every hop resolves its host once, checks all addresses and connects to exactly those, so a name can't change its
 * mind between the check and the connection.
 */
export async function guardedFetch(target: URL, options: GuardedFetch): Promise<Fetched | null> {
  const signal = AbortSignal.timeout(options.timeoutMs);
  let url = target;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const addresses = await vetUrl(url, options.allowedOrigins, signal);
    try {
      const answer = await visit(withoutUserinfo(url), addresses, options, signal);
      if (!(answer instanceof URL)) return answer;
      url = answer;
    } catch {
      return null;
    }
  }
  return null;
}

export { BlockedUrl };

/** One request, redirects not followed: what it answered, where it points to, or null. */
async function visit(
  url: URL,
  addresses: VettedAddress[],
  options: GuardedFetch,
  signal: AbortSignal,
): Promise<Fetched | URL | null> {
  // loaded with the first request: it is large
  const { Agent, request } = await import('undici');
  const agent = new Agent({
    connect: { lookup: pinnedTo(addresses) },
    maxHeaderSize: MAX_HEADER_BYTES,
    connections: 1,
  });
  try {
    const { statusCode, headers, body } = await request(url, {
      dispatcher: agent,
      signal,
      headers: {
        accept: options.accept,
        'accept-encoding': 'gzip, br',
        'user-agent': 'Mozilla/5.0 (compatible; Parley link preview)',
      },
    });
    // Without a listener, the abort that ends a connection we are done with would be an uncaught error.
    body.on('error', () => {});
    if (REDIRECTS.has(statusCode)) return new URL(textOf(headers.location), url);
    if (statusCode < 200 || statusCode > 299) return null;
    const bytes = await readBody(body, textOf(headers['content-encoding']), options);
    return bytes && { url: url.href, contentType: textOf(headers['content-type']), bytes };
  } finally {
    await agent.destroy();
  }
}

/** Null for a content encoding that wasn't asked for. */
async function readBody(
  body: Readable,
  encoding: string,
  { limitBytes, enough }: GuardedFetch,
): Promise<Buffer | null> {
  const decoded = decode(body, encoding.trim().toLowerCase());
  if (!decoded) return null;
  let read = Buffer.alloc(0);
  for await (const chunk of decoded) {
    read = Buffer.concat([read, chunk as Buffer]);
    if (read.length >= limitBytes || enough?.(read)) break;
  }
  return read.subarray(0, limitBytes);
}

function decode(body: Readable, encoding: string): Readable | null {
  if (encoding === '' || encoding === 'identity') return body;
  const decoder =
    encoding === 'gzip' || encoding === 'x-gzip'
      ? createGunzip()
      : encoding === 'br'
        ? createBrotliDecompress()
        : null;
  if (!decoder) return null;
  body.on('error', (error) => decoder.destroy(error));
  return body.pipe(decoder);
}

function pinnedTo(addresses: VettedAddress[]): LookupFunction {
  return (_host, options, done) => {
    const [first] = addresses;
    if (options.all) done(null, addresses);
    else if (first) done(null, first.address, first.family);
  };
}

function withoutUserinfo(url: URL): URL {
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  return bare;
}

function textOf(header: string | string[] | undefined): string {
  return (Array.isArray(header) ? header[0] : header) ?? '';
}
