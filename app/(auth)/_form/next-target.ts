/**
 * Where a visitor wanted to go before signing in, if it is a place of this app; null for anything else. Only paths
 * below `/chat` pass: an address that a stranger wrote into a link must not lead elsewhere.
 */
export function nextTarget(value: string | readonly string[] | undefined): string | null {
  if (typeof value !== 'string' || value.length > 2_000) return null;
  if (!/^\/chat(?:[/?]|$)/.test(value)) return null;
  return /[\\\p{Cc}]/u.test(value) ? null : value;
}

/** `/login`, or `/login?next=…` when there is somewhere to go afterwards. */
export function withNext(path: '/login' | '/signup', next: string | null): string {
  return next === null ? path : `${path}?next=${encodeURIComponent(next)}`;
}
