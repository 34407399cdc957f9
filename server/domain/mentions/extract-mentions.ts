const LONGEST_NAME = 32;

const LINK = /(?:https?:\/\/|\bwww\.)\S+/giu;

/** A name after an `@` that no letter, digit, `_`, `@` or `/` comes before: those make addresses, not mentions. */
const TOKEN = /(?<![\p{L}\p{N}_@/])@([A-Za-z0-9_-]+)/gu;

/** The token that means every member at once; no account may have the name. */
export const EVERYONE = 'everyone';

/**
 * The names behind `@` in a text, in lower case and without repeats; whether they exist is for the database to
 * say. Names inside links don't count.
 */
export function extractMentions(text: string): string[] {
  if (!text.includes('@')) return [];
  const names = new Set<string>();
  for (const [, name] of text.replace(LINK, ' ').matchAll(TOKEN)) {
    if (name && name.length <= LONGEST_NAME) names.add(name.toLowerCase());
  }
  return [...names];
}
