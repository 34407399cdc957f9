/** The API's time: seconds since the epoch as a double, from our microseconds. */
export function secondsOf(stamp: number): number {
  return stamp / 1e6;
}

export function secondsOrNull(stamp: number | null): number | null {
  return stamp === null ? null : secondsOf(stamp);
}

/**
 * The largest stamp that a client would not see as later than `seconds`. A client compares and sends back the doubles
 * it was shown, so the comparison is decided on exactly those: `stamp > floorStamp(x)` holds if and only if
 * `secondsOf(stamp) > x`.
 */
export function floorStamp(seconds: number): number {
  if (seconds <= 0) return 0;
  if (seconds >= secondsOf(Number.MAX_SAFE_INTEGER)) return Number.MAX_SAFE_INTEGER;
  let stamp = Math.floor(seconds * 1e6);
  while (secondsOf(stamp) > seconds) stamp -= 1;
  while (secondsOf(stamp + 1) <= seconds) stamp += 1;
  return stamp;
}

/** The smallest stamp that a client would see at or after `seconds`. */
export function ceilStamp(seconds: number): number {
  const floor = floorStamp(seconds);
  return secondsOf(floor) >= seconds ? floor : floor + 1;
}

const FLOAT = /^\s*[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?)\s*$/i;

/** A float as the documents spell one; null for everything else, `nan` in any spelling included. */
export function parseFloatOrNull(text: string | undefined): number | null {
  if (text === undefined || !FLOAT.test(text)) return null;
  const number = Number(text.trim().replace(/inf(?:inity)?/i, 'Infinity'));
  return Number.isNaN(number) ? null : number;
}

/** A decimal integer that JSON can carry; null for everything else. */
export function parseIntegerOrNull(text: string | undefined): number | null {
  if (text === undefined || !/^\s*[+-]?\d{1,16}\s*$/.test(text)) return null;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : null;
}
