'use client';

import { type KeyboardEvent, memo, type RefObject, useDeferredValue, useMemo, useRef, useState } from 'react';
import { EMOJI, type Emoji, findEmoji, GROUPS, searchEmoji } from '#app/_ui/emoji/emoji-data.ts';
import { recentEmoji, rememberEmoji, rememberSkinTone, skinTone } from '#app/_ui/emoji/emoji-habits.ts';

const COLUMNS = 9;
const MOST_HITS = 90;
const TONES = ['✋', '✋🏻', '✋🏼', '✋🏽', '✋🏾', '✋🏿'];
const TONE_NAMES = ['Default', 'Light', 'Medium-light', 'Medium', 'Medium-dark', 'Dark'];

type Props = {
  searchRef: RefObject<HTMLInputElement | null>;
  onPick: (character: string) => void;
};

/** Every emoji by group, and a search over their names. Enter picks the first hit; arrows walk the grid. */
export function EmojiPicker({ searchRef, onPick }: Props) {
  const [query, setQuery] = useState('');
  const [tone, setTone] = useState(skinTone);
  const [recent] = useState(() => recentEmoji().flatMap((character) => findEmoji(character) ?? []));
  const grid = useRef<HTMLDivElement>(null);
  const hits = useMemo(() => (query.trim() === '' ? null : searchEmoji(query, MOST_HITS)), [query]);
  // Two thousand buttons take a moment: the first rows are there at once, the rest follows without holding them up.
  const everything = useDeferredValue(true, false);

  const pick = (emoji: Emoji) => {
    rememberEmoji(emoji.character);
    onPick(inTone(emoji, tone));
  };

  const onSearchKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      const first = hits?.[0];
      if (first) pick(first);
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      grid.current?.querySelector('button')?.focus();
    }
  };

  return (
    <div className="flex h-96 max-h-[calc(100dvh-2rem)] w-[21.5rem] max-w-[calc(100vw-1rem)] flex-col">
      <div className="flex gap-2 border-b border-line p-2">
        <input
          ref={searchRef}
          type="search"
          aria-label="Search emoji"
          placeholder="Search emoji"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={onSearchKey}
          className="h-9 min-w-0 flex-1 rounded-control border border-line-strong bg-canvas px-3 outline-none focus:border-focus touch:h-11"
        />
        <ToneChoice
          tone={tone}
          onChange={(next) => {
            setTone(next);
            rememberSkinTone(next);
          }}
        />
      </div>
      <div
        ref={grid}
        role="toolbar"
        aria-label="Emoji"
        onKeyDown={(event) => walk(event, searchRef.current)}
        className="min-h-0 flex-1 overflow-y-auto p-2"
      >
        {hits ? (
          <Section
            title={hits.length > 0 ? 'Results' : 'No emoji found'}
            emoji={hits}
            tone={tone}
            onPick={pick}
          />
        ) : (
          <>
            <Section title="Often used" emoji={recent} tone={tone} onPick={pick} />
            {[...GROUPS].map(
              ([group, title]) =>
                (everything || group === 0) && (
                  <Section key={group} title={title} emoji={byGroup(group)} tone={tone} onPick={pick} />
                ),
            )}
          </>
        )}
      </div>
    </div>
  );
}

const groups = new Map<number, readonly Emoji[]>();

function byGroup(group: number): readonly Emoji[] {
  const known = groups.get(group) ?? EMOJI.filter((emoji) => emoji.group === group);
  groups.set(group, known);
  return known;
}

function inTone(emoji: Emoji, tone: number): string {
  return tone === 0 ? emoji.character : (emoji.skins[tone - 1] ?? emoji.character);
}

type SectionProps = {
  title: string;
  emoji: readonly Emoji[];
  tone: number;
  onPick: (emoji: Emoji) => void;
};

/** Off-screen sections keep their room but are not laid out. */
const Section = memo(
  function Section({ title, emoji, tone, onPick }: SectionProps) {
    return (
      <section aria-label={title} className="emoji-section">
        <h3 className="px-1 py-1 text-xs font-semibold text-ink-muted">{title}</h3>
        <div className="grid grid-cols-9">
          {emoji.map((entry) => {
            const character = inTone(entry, tone);
            return (
              <button
                key={entry.character}
                type="button"
                aria-label={`${character} ${entry.name}`}
                title={`:${entry.name}:`}
                onClick={() => onPick(entry)}
                className="flex aspect-square items-center justify-center rounded-control text-xl hover:bg-hover focus-visible:-outline-offset-2"
              >
                {character}
              </button>
            );
          })}
        </div>
      </section>
    );
  },
  (before, after) =>
    before.title === after.title && before.emoji === after.emoji && before.tone === after.tone,
);

function ToneChoice({ tone, onChange }: { tone: number; onChange: (tone: number) => void }) {
  return (
    <label className="flex shrink-0 items-center">
      <span className="sr-only">Skin tone</span>
      <select
        value={tone}
        onChange={(event) => onChange(Number(event.target.value))}
        className="h-9 rounded-control border border-line-strong bg-canvas px-1 text-lg touch:h-11"
      >
        {TONES.map((hand, index) => (
          <option key={hand} value={index} aria-label={TONE_NAMES[index]}>
            {hand}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Arrow keys move through the grid as it looks; up from the first row leads back to the search. */
function walk(event: KeyboardEvent<HTMLElement>, search: HTMLElement | null) {
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }[event.key];
  if (!step) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  if (at < 0) return;
  event.preventDefault();
  if (at + step < 0) search?.focus();
  else buttons[Math.min(at + step, buttons.length - 1)]?.focus();
}
