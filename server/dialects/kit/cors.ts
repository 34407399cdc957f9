import type { Headerish } from '#server/dialects/kit/headers';

/** What another origin's script may ask, for the answer to a preflight. Cookies never travel: no credentials mode. */
export const PREFLIGHT = {
  'access-control-allow-methods': 'GET, POST, PUT, DELETE, PATCH, OPTIONS',
  'access-control-allow-headers': 'Content-Type, Authorization',
  'access-control-max-age': '86400',
} as const;

/**
 * Whose scripts may read the answer: everybody's when `*` is allowed, those of the origins on the list otherwise. A
 * request without an origin is no browser's, or one of our own pages': it may read whatever it gets.
 */
export function corsHeaders(asking: Headerish, allowed: readonly string[]): Record<string, string> {
  const origin = asking.get('origin');
  if (!origin || allowed.includes('*')) return { 'access-control-allow-origin': '*' };
  if (!allowed.includes(origin)) return { vary: 'Origin' };
  return { 'access-control-allow-origin': origin, vary: 'Origin' };
}
