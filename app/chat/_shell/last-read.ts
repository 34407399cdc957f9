/** Which conversation was read last in this browser: a cookie, so that the server can open it at the first byte. */
export const LAST_READ_COOKIE = 'last';

const YEAR_SECONDS = 31_536_000;

/** The conversation's id; null if there is none to remember. */
export function lastReadFromCookie(value: string | undefined): number | null {
  return value && /^[1-9]\d{0,15}$/.test(value) ? Number(value) : null;
}

/** The cookie that `lastReadFromCookie` reads, as `document.cookie` wants it. */
export function lastReadCookie(conversationId: number): string {
  return `${LAST_READ_COOKIE}=${conversationId}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}
