import { FIRST_REACTIONS, REACTIONS } from '#server/dialects/minimost/reactions';

const RECENT_KEY = 'emojiRecent';
const SKIN_KEY = 'emojiSkin';
const MOST_RECENT = 18;

const usual = FIRST_REACTIONS.flatMap((name) => REACTIONS.get(name) ?? []);

/** The emoji this person picked last, then the usual ones. */
export function recentEmoji(): string[] {
  const recent = read(RECENT_KEY)?.split(' ').filter(Boolean) ?? [];
  return [...new Set([...recent, ...usual])].slice(0, MOST_RECENT);
}

export function rememberEmoji(character: string): void {
  write(RECENT_KEY, [character, ...recentEmoji().filter((other) => other !== character)].join(' '));
}

/** 0 for yellow, 1 to 5 for light to dark. */
export function skinTone(): number {
  const tone = Number(read(SKIN_KEY));
  return Number.isInteger(tone) && tone >= 0 && tone <= 5 ? tone : 0;
}

export function rememberSkinTone(tone: number): void {
  write(SKIN_KEY, String(tone));
}

/** A browser may refuse storage: then habits last as long as the page. */
function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // nothing to remember it in
  }
}
