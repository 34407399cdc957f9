// Heavy: loaded when somebody opens the picker or completes a `:name`, never with the page.
import compact from 'emojibase-data/en/compact.json';
import { REACTIONS } from '#server/dialects/minimost/reactions';

export type Emoji = {
  /** what is inserted, and stored with a reaction */
  character: string;
  name: string;
  group: number;
  /** what the search looks through, in lower case */
  words: string;
  /** the same in five skin tones, light to dark; empty if it has none */
  skins: readonly string[];
};

/** The groups of Unicode that hold emoji to pick, in its order; 2 is made of parts. */
export const GROUPS: ReadonlyMap<number, string> = new Map([
  [0, 'Smileys and emotion'],
  [1, 'People and body'],
  [3, 'Animals and nature'],
  [4, 'Food and drink'],
  [5, 'Travel and places'],
  [6, 'Activities'],
  [7, 'Objects'],
  [8, 'Symbols'],
  [9, 'Flags'],
]);

const SKIN_TONES = 5;
/** Some keyboards write "show this as a picture" behind an emoji, some don't: the emoji is the same. */
const plain = (character: string) => character.replaceAll('\uFE0F', '');
const names = new Map([...REACTIONS].map(([name, character]) => [plain(character), { name, character }]));

/** Every emoji there is, in Unicode's order; those that other clients know by a name have that name. */
export const EMOJI: readonly Emoji[] = compact
  .filter(({ group }) => group !== undefined && GROUPS.has(group))
  .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
  .map(({ unicode, label, group, tags, skins }) => {
    const known = names.get(plain(unicode));
    const name = known?.name ?? label.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '_');
    return {
      character: known?.character ?? unicode,
      name,
      group: group ?? 0,
      words: `${name} ${label} ${(tags ?? []).join(' ')}`.toLowerCase(),
      skins: skins?.length === SKIN_TONES ? skins.map((skin) => skin.unicode) : [],
    };
  });

const byPlain = new Map(EMOJI.map((emoji) => [plain(emoji.character), emoji]));

export function findEmoji(character: string): Emoji | null {
  return byPlain.get(plain(character)) ?? null;
}

/** The emoji whose words contain all of the query's, those whose name begins with it first. */
export function searchEmoji(query: string, most: number): Emoji[] {
  const wanted = query.toLowerCase().trim();
  if (wanted === '') return EMOJI.slice(0, most);
  const parts = wanted.split(/[\s_]+/);
  return EMOJI.filter((emoji) => parts.every((part) => emoji.words.includes(part)))
    .map((emoji) => ({ emoji, rank: rankOf(emoji, wanted) }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ emoji }) => emoji);
}

function rankOf({ name, words }: Emoji, wanted: string): number {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  return words.split(' ').some((word) => word.startsWith(wanted)) ? 2 : 3;
}
