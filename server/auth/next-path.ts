/**
 * Where to go on after signing in, if it is a place of the web app; null for anything else. Only our own chat pages:
 * an address that a stranger wrote into a link must not lead elsewhere.
 */
export function safeNextPath(next: string | null | undefined): string | null {
  if (!next || next.length > 2_000 || !/^\/chat(?:[/?]|$)/.test(next) || /[\\\p{Cc}]/u.test(next))
    return null;
  return next.replace(/[^\x21-\x7e]/gu, encodeURIComponent);
}
