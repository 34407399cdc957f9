/** The names behind `@` in a text, as written and without repeats; whether they exist is decided elsewhere. */
export function extractMentions(_text: string): string[] {
  throw new Error('not written yet');
}
