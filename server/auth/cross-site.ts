type Asked = { url: string; headers: { get(name: string): string | null | undefined } };

/**
 * Whether a browser sent a request on behalf of another site: it says so itself, or its `Origin` names another host.
 * `url` may be a path; the Host header counts. Programs that send neither header are nobody's browser.
 */
export function isCrossSite({ url, headers }: Asked): boolean {
  if (headers.get('sec-fetch-site') === 'cross-site') return true;
  const origin = headers.get('origin');
  if (!origin) return false;
  const host = headers.get('host') ?? (URL.canParse(url) ? new URL(url).host : '');
  return hostOfOrigin(origin) !== withoutDefaultPort(host.toLowerCase());
}

/** `null` (a sandboxed or redirected page) and anything unreadable belong to nobody: never the same site. */
function hostOfOrigin(origin: string): string | null {
  return URL.canParse(origin) ? withoutDefaultPort(new URL(origin).host) || null : null;
}

/** Browsers leave a default port out of Origin, proxies may add it to Host. */
function withoutDefaultPort(host: string): string {
  return host.replace(/:(80|443)$/, '');
}
