import type { Headerish } from '#server/dialects/kit/headers';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a browser sent this write on behalf of another site: its `Origin` names another host, or it says so
 * itself. Cookies travel with such requests from old browsers, so faces that sign in by cookie refuse them.
 */
export function isCrossSiteWrite(request: Request): boolean {
  if (READS.has(request.method)) return false;
  if (request.headers.get('sec-fetch-site') === 'cross-site') return true;
  const origin = request.headers.get('origin');
  return origin !== null && hostOfOrigin(origin) !== hostOfRequest(request.headers, request.url);
}

/** `null` (a sandboxed or redirected page) and anything unreadable belong to nobody: never the same site. */
function hostOfOrigin(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host || null : null;
}

function hostOfRequest(headers: Headerish, url: string): string {
  const host = headers.get('host')?.toLowerCase() ?? new URL(url).host;
  // an Origin leaves a default port out, a Host may name it
  return host.replace(/:(80|443)$/, '');
}
