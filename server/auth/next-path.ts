/** It travels in headers, escaped once more; browsers and proxies give up at a few thousand characters. */
export const LONGEST = 2_000;

/**
 * Where to go on after signing in, if it is a place of the web app; null for anything else. Only our own chat pages:
 * an address that a stranger wrote into a link must not lead elsewhere.
 */
export function safeNextPath(next: string | null | undefined): string | null {
  if (
    !next ||
    next.length > LONGEST ||
    !/^\/chat(?:[/?]|$)/.test(next) ||
    /[\\\p{Cc}\p{Surrogate}]/u.test(next)
  )
    return null;
  const path = next.replace(/[^\x21-\x7e]/gu, encodeURIComponent);
  return path.length <= LONGEST ? path : null;
}
