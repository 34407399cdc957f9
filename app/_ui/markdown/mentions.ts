/** A name after an `@` that no letter, digit, `_`, `@` or `/` comes before, as the server counts mentions. */
const TOKEN = /(?<![\p{L}\p{N}_@/])@([A-Za-z0-9_-]+)/gu;

export type TextPart =
  | { kind: 'text'; text: string }
  | { kind: 'mention'; name: string; text: string; index: number };

/** A text cut at the names that `isName` (asked in lower case) knows; a name that nobody has stays text. */
export function splitMentions(text: string, isName: (lowerCase: string) => boolean): TextPart[] {
  if (!text.includes('@')) return [{ kind: 'text', text }];
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const name = (match[1] as string).toLowerCase();
    if (!isName(name)) continue;
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) });
    parts.push({ kind: 'mention', name, text: match[0], index: match.index });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}
