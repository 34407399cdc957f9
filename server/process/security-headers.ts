import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { env } from '#server/platform/env';

/** For every answer. What is not a page may load and run nothing at all, should a browser ever render it. */
const ALWAYS = {
  // what may be kept says so itself
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'content-security-policy':
    "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
} as const;

const HSTS = 'max-age=31536000';
const UPLOADTHING = 'https://*.ingest.uploadthing.com';

/** Sets them before anybody answers; whoever does may replace one by its own. */
export function setSecurityHeaders(req: IncomingMessage, res: ServerResponse): void {
  for (const name in ALWAYS) res.setHeader(name, ALWAYS[name as keyof typeof ALWAYS]);
  if (isOverTls(req)) res.setHeader('strict-transport-security', HSTS);
}

/** Only a proxy that we were told to trust may say so; its header is deleted otherwise. */
function isOverTls(req: IncomingMessage): boolean {
  return String(req.headers['x-forwarded-proto'] ?? '').split(',', 1)[0] === 'https';
}

/** Unguessable, and another one for every page. */
export function newNonce(): string {
  return randomBytes(16).toString('base64');
}

/** What a page may load: scripts by nonce only, everything else from this host. */
export function pagePolicy(nonce: string): string {
  const { NODE_ENV, UPLOADTHING_TOKEN } = env();
  const dev = NODE_ENV === 'development';
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    // Next's error overlay in development injects style elements
    `style-src 'self'${dev ? " 'unsafe-inline'" : ''}`,
    "img-src 'self' data: blob:",
    `connect-src 'self'${dev ? ' ws:' : ''}${UPLOADTHING_TOKEN ? ` ${UPLOADTHING}` : ''}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
