import { sealData, unsealData } from 'iron-session';
import { LRUCache } from 'lru-cache';
import { sessionSecret } from '#server/auth/session-secret';
import { processSingleton } from '#server/platform/process-singleton';

/** The cookie that carries a session: one sealed value, opaque to its bearer. */
export const SESSION_COOKIE = 'session';

/** As long as browsers allow (seconds): when a session ends is its row's decision, not the cookie's. */
const MAX_AGE = 400 * 24 * 3_600;

/** A seal of ours has under 400 characters: longer values aren't worth opening. */
const LONGEST_VALUE = 1_000;

/** What iron-session writes behind a seal, outside its signature: anything else there means somebody tampered. */
const SEAL_VERSION = '~2';

type Sealed = { token?: unknown };

// Opening a seal costs more than everything else a cached request does: once per cookie is enough.
const opened = processSingleton('auth.opened-cookies', () => new LRUCache<string, string>({ max: 10_000 }));

/** The `Set-Cookie` value that signs a browser in. `secure` when the request came over TLS. */
export async function sealSessionCookie(token: string, { secure }: { secure: boolean }): Promise<string> {
  // ttl 0: never expires by itself
  const value = await sealData({ token } satisfies Sealed, { password: sessionSecret(), ttl: 0 });
  return `${SESSION_COOKIE}=${value}; Max-Age=${MAX_AGE}; ${attributes(secure)}`;
}

/** The `Set-Cookie` value that signs a browser out. */
export function clearedSessionCookie({ secure }: { secure: boolean }): string {
  return `${SESSION_COOKIE}=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; ${attributes(secure)}`;
}

function attributes(secure: boolean): string {
  return `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}

/** The session token in a `Cookie` header; null if it has none that this server has sealed. Never throws. */
export async function tokenOfCookies(cookies: string | null | undefined): Promise<string | null> {
  const value = cookies ? valueIn(cookies) : null;
  if (!value?.endsWith(SEAL_VERSION) || value.length > LONGEST_VALUE) return null;
  const known = opened.get(value);
  if (known) return known;
  const token = await unseal(value);
  if (token) opened.set(value, token);
  return token;
}

function valueIn(cookies: string): string | null {
  for (const pair of cookies.split(';')) {
    const [name, ...value] = pair.split('=');
    if (name?.trim() === SESSION_COOKIE) return value.join('=').trim();
  }
  return null;
}

async function unseal(value: string): Promise<string | null> {
  const password = sessionSecret();
  try {
    const { token } = await unsealData<Sealed>(value, { password, ttl: 0 });
    return typeof token === 'string' ? token : null;
  } catch {
    // a foreign or mangled value: the library throws whatever its parsing trips over
    return null;
  }
}
