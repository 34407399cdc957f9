/**
 * How well `query` finds `candidate`, higher is better; null if its letters are not all there in order. A match at
 * the start beats one inside, letters in a row beat scattered ones, short names beat long ones.
 */
export function fuzzyScore(query: string, candidate: string): number | null {
  const sought = query.trim().toLowerCase();
  const text = candidate.toLowerCase();
  if (sought === '') return 0;
  const whole = text.indexOf(sought);
  if (whole !== -1) return 1_000 - (whole === 0 ? 0 : isWordStart(text, whole) ? 50 : 200) - text.length;
  let score = 500 - text.length;
  let at = -1;
  for (const letter of sought) {
    if (letter === ' ') continue;
    const next = text.indexOf(letter, at + 1);
    if (next === -1) return null;
    if (next !== at + 1) score -= isWordStart(text, next) ? 2 : 5 + Math.min(next - at, 20);
    at = next;
  }
  return score;
}

function isWordStart(text: string, index: number): boolean {
  return index === 0 || /[\s_\-.,]/.test(text[index - 1] ?? '');
}

/** The items that `query` finds, best first; all of them in their own order without a query. */
export function fuzzyFilter<T>(items: readonly T[], query: string, nameOf: (item: T) => string): T[] {
  if (query.trim() === '') return [...items];
  return items
    .flatMap((item) => {
      const score = fuzzyScore(query, nameOf(item));
      return score === null ? [] : [{ item, score }];
    })
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item);
}
