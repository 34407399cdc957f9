import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';

/** One file on disk with the variants that were compressed when the app was built. */
type StaticFile = {
  mediaType: string;
  cacheControl: string;
  etag: string;
  /** in place of the policy for whatever is no page */
  policy?: string;
  variants: { encoding: 'br' | 'gzip' | null; path: string; size: number }[];
};

/** Answers a path if it is one of the files; false if not. */
export type StaticFiles = (path: string, req: IncomingMessage, res: ServerResponse) => boolean;

const MEDIA_TYPES: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  json: 'application/json',
  map: 'application/json',
  webmanifest: 'application/manifest+json',
  txt: 'text/plain; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  wasm: 'application/wasm',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
};

/** The service worker runs by the policy it was served with, and has files to fetch. */
const POLICIES: Record<string, string> = {
  '/sw.js': "default-src 'none'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'",
};

/** Next names these by their content, so a browser never has to ask again. */
const IMMUTABLE = 'public, max-age=31536000, immutable';
const REVALIDATED = 'public, max-age=0, must-revalidate';

/**
 * The files of the built app, listed once: a path that is not in the list costs one look-up and can't leave the
 * folders. Next would compress its chunks again at every request (7 ms each).
 */
export function openStaticFiles(root: string): StaticFiles {
  const files = new Map<string, StaticFile>();
  const compressed = join(root, '.build/compressed');
  list(files, join(root, '.next/static'), join(compressed, 'next'), '/_next/static', IMMUTABLE);
  list(files, join(root, 'public'), join(compressed, 'public'), '', REVALIDATED);
  return (path, req, res) => {
    const file = files.get(path.includes('%') ? decodeURIComponent(path) : path);
    if (!file) return false;
    send(file, req, res);
    return true;
  };
}

function list(
  files: Map<string, StaticFile>,
  folder: string,
  compressed: string,
  prefix: string,
  cacheControl: string,
): void {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(folder.length);
    const variants = [
      { encoding: 'br' as const, path: `${join(compressed, name)}.br` },
      { encoding: 'gzip' as const, path: `${join(compressed, name)}.gz` },
      { encoding: null, path },
    ].flatMap((variant) => {
      const stat = statSync(variant.path, { throwIfNoEntry: false });
      return stat ? [{ ...variant, size: stat.size }] : [];
    });
    const { mtimeMs, size } = statSync(path);
    files.set(prefix + name, {
      mediaType: MEDIA_TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
      cacheControl,
      etag: `W/"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`,
      policy: POLICIES[prefix + name],
      variants,
    });
  }
}

function send(file: StaticFile, req: IncomingMessage, res: ServerResponse): void {
  const headers = { 'cache-control': file.cacheControl, etag: file.etag, vary: 'accept-encoding' };
  if (req.method !== 'GET' && req.method !== 'HEAD') {
    res.writeHead(405, { allow: 'GET, HEAD', 'content-length': 0 }).end();
    return;
  }
  if (req.headers['if-none-match'] === file.etag) {
    res.writeHead(304, headers).end();
    return;
  }
  const accepted = String(req.headers['accept-encoding'] ?? '');
  const variant = file.variants.find(({ encoding }) => !encoding || accepts(accepted, encoding));
  if (!variant) throw new Error('every file has its plain variant');
  if (file.policy) res.setHeader('content-security-policy', file.policy);
  res.writeHead(200, {
    ...headers,
    'content-type': file.mediaType,
    'content-length': variant.size,
    ...(variant.encoding ? { 'content-encoding': variant.encoding } : {}),
  });
  if (req.method === 'HEAD') {
    res.end();
    return;
  }
  createReadStream(variant.path)
    .on('error', () => res.destroy())
    .pipe(res);
}

function accepts(header: string, encoding: string): boolean {
  return header.split(',').some((part) => {
    const [name, ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    return name === encoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}
