/** The cookie that carries a session: one sealed value, opaque to its bearer. */
export const SESSION_COOKIE = 'session';

/** The `Set-Cookie` value that signs a browser in. `secure` when the request came over TLS. */
export async function sealSessionCookie(_token: string, _options: { secure: boolean }): Promise<string> {
  throw new Error('not written yet');
}

/** The `Set-Cookie` value that signs a browser out. */
export function clearedSessionCookie(_options: { secure: boolean }): string {
  throw new Error('not written yet');
}

/** The session token in a `Cookie` header; null if it has none that this server sealed. Never throws. */
export async function tokenOfCookies(_cookies: string | null | undefined): Promise<string | null> {
  throw new Error('not written yet');
}
