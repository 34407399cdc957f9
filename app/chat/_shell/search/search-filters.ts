/** What the fields of the search say, as typed. */
export type SearchFields = {
  text: string;
  /** a username; empty for everybody */
  from: string;
  conversationId: number | null;
  /** days as `<input type="date">` writes them (`2026-11-20`), both included; empty for no limit */
  after: string;
  before: string;
};

export type SearchQuery = {
  text?: string;
  from?: string;
  conversationId?: number;
  /** stamps in microseconds: `since` included, `until` not */
  since?: number;
  until?: number;
};

/** The question for the server; null while nothing is asked. Days are days of this browser's time zone. */
export function searchQuery({ text, from, conversationId, after, before }: SearchFields): SearchQuery | null {
  const query: SearchQuery = {
    ...(text.trim() && { text: text.trim() }),
    ...(from.trim() && { from: from.trim() }),
    ...(conversationId !== null && { conversationId }),
    ...(after && { since: startOfDay(after, 0) }),
    ...(before && { until: startOfDay(before, 1) }),
  };
  return Object.keys(query).length > 0 ? query : null;
}

function startOfDay(date: string, daysLater: number): number {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(year, month - 1, day + daysLater).getTime() * 1_000;
}

/** `at` is where it begins. */
export type Piece = { at: number; text: string; isMatch: boolean };

const SNIPPET = 120;

/** About 120 characters of a message around the first match, cut into pieces so that matches can be marked. */
export function snippet(text: string, sought: string): Piece[] {
  const flat = text.replace(/\s+/g, ' ').trim();
  const needle = sought.trim().toLowerCase();
  const hit = needle ? flat.toLowerCase().indexOf(needle) : -1;
  const from = hit === -1 ? 0 : Math.max(0, Math.min(hit - SNIPPET / 3, flat.length - SNIPPET));
  const start = Math.round(from);
  const shown = flat.slice(start, start + SNIPPET);
  const cut = `${start > 0 ? '…' : ''}${shown}${start + SNIPPET < flat.length ? '…' : ''}`;
  return pieces(cut, needle);
}

function pieces(text: string, needle: string): Piece[] {
  if (!needle) return [{ at: 0, text, isMatch: false }];
  const found: Piece[] = [];
  const lower = text.toLowerCase();
  // Lower-casing can change the length of exotic letters; then matches cannot be placed and none is marked.
  if (lower.length !== text.length) return [{ at: 0, text, isMatch: false }];
  let at = 0;
  for (let hit = lower.indexOf(needle); hit !== -1; hit = lower.indexOf(needle, at)) {
    if (hit > at) found.push({ at, text: text.slice(at, hit), isMatch: false });
    found.push({ at: hit, text: text.slice(hit, hit + needle.length), isMatch: true });
    at = hit + needle.length;
  }
  if (at < text.length) found.push({ at, text: text.slice(at), isMatch: false });
  return found;
}
