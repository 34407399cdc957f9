import { refuse } from '#server/domain/kernel/refusal';

/** Unicode code points, as people count characters. */
export const MAX_TEXT_LENGTH = 10_000;

// Postgres stores neither: NUL is dropped, half a surrogate pair becomes the replacement character.
const NUL = /\0/g;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** A text that the database can store. */
export function storable(text: string): string {
  return text.replace(NUL, '').replace(LONE_SURROGATE, '\u{FFFD}');
}

/**
 * What a message says once trailing white space is gone; leading white space is kept. Null when nothing is left,
 * `too_large` beyond 10,000 characters.
 */
export function messageText(raw: string | null | undefined): string | null {
  const text = storable(raw ?? '').trimEnd();
  if (isLongerThan(text, MAX_TEXT_LENGTH))
    refuse('too_large', 'message_too_long', { limit: MAX_TEXT_LENGTH });
  return text === '' ? null : text;
}

function isLongerThan(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  // a code point is one or two code units, so very long texts need no counting
  return text.length > 2 * limit || [...text].length > limit;
}
