import { LONGEST } from '#server/auth/next-path';
import { requestActor } from '#server/auth/request-actor';
import type { Headerish } from '#server/dialects/kit/headers';

/** The pages that strangers may see, beside those below `/login/`. */
const OPEN_PAGES = new Set(['/login', '/signup', '/offline']);

/**
 * Where a visitor without a session is sent instead of a page, so that signing in brings them back to it; null when
 * they may see it. The start page has nothing to come back to, and its redirect is documented (minimost.md §1.2).
 */
export async function detourToLogin(
  path: string,
  target: string,
  headers: Headerish,
): Promise<string | null> {
  if (OPEN_PAGES.has(path) || path.startsWith('/login/') || (await requestActor(headers))) return null;
  return path === '/' || target.length > LONGEST ? '/login' : `/login?next=${encodeURIComponent(target)}`;
}
