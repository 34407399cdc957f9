import type { Headerish } from '#server/auth/headers';

/**
 * Whether a browser sent this request on behalf of another site: it says so itself, or its `Origin` is another
 * host. Cookies can travel with such requests, so faces that sign in by cookie refuse them as writes. Programs send
 * neither header and are never cross-site. `url` stands in for a missing `Host` and may be a bare path.
 */
export function isCrossSite({ headers, url }: { headers: Headerish; url: string }): boolean {
  const site = headers.get('sec-fetch-site');
  if (site === 'cross-site') return true;
  const origin = headers.get('origin');
  if (!origin) return false;
  // The origin of a form on a page that sends no referrer: browsers that write this also say which site it was.
  if (origin === 'null') return site !== 'same-origin';
  return hostOfOrigin(origin) !== hostOfRequest(headers, url);
}

/** Null for anything unreadable, which is nobody's host. */
function hostOfOrigin(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host || null : null;
}

/** By the name the browser used: a proxy may have replaced it, and a page of another site can't add that header. */
function hostOfRequest(headers: Headerish, url: string): string | undefined {
  const forwarded = headers.get('x-forwarded-host')?.split(',', 1)[0]?.trim();
  const host = forwarded || headers.get('host') || (URL.canParse(url) ? new URL(url).host : undefined);
  // browsers leave a default port out of Origin, proxies may add it to Host
  return host?.toLowerCase().replace(/:(80|443)$/, '');
}
