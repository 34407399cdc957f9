/**
 * Whether the client's connection is encrypted, so that a cookie may be marked `Secure`. main.ts deletes the header
 * unless a proxy that it was told to trust has set it.
 */
export function isOverTls(request: Request): boolean {
  const forwarded = request.headers.get('x-forwarded-proto')?.split(',')[0]?.trim();
  return (forwarded ?? new URL(request.url).protocol.slice(0, -1)) === 'https';
}

/** The address of the client, as main.ts established it; null when it was not in front. */
export function clientAddress(request: Request): string | null {
  return request.headers.get('x-real-ip') || null;
}
