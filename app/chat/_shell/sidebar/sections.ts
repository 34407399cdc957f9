import type { ConversationView } from '#app/_live/model.ts';

export type SectionKey = 'public' | 'private' | 'direct';

export type Sections = Record<SectionKey, ConversationView[]>;

/**
 * The conversations of the sidebar in their order: public channels as the settings list them, private ones by name,
 * direct ones with the newest activity first. A direct conversation appears once something was said in it, and as
 * long as it is open.
 */
export function sectionsOf(conversations: Iterable<ConversationView>, openId: number | null): Sections {
  const sections: Sections = { public: [], private: [], direct: [] };
  for (const view of conversations) {
    if (view.kind === 'channel') sections[view.visibility].push(view);
    else if (view.kind === 'direct' && (view.id === openId || (view.lastSeq > 0 && !view.hidden))) {
      sections.direct.push(view);
    }
  }
  sections.public.sort((a, b) => a.position - b.position || a.id - b.id);
  sections.private.sort((a, b) => collator.compare(a.name ?? '', b.name ?? '') || a.id - b.id);
  sections.direct.sort((a, b) => b.lastSentAt - a.lastSentAt || b.id - a.id);
  return sections;
}

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

/** From top to bottom, as the keys walk through them. */
export function inOrder({ public: channels, private: groups, direct }: Sections): ConversationView[] {
  return [...channels, ...groups, ...direct];
}

/** The conversation `step` places further down, past the end back to the top; null if there is none. */
export function neighbour(
  list: readonly ConversationView[],
  openId: number | null,
  step: 1 | -1,
  onlyUnread: boolean,
): ConversationView | null {
  const from = list.findIndex(({ id }) => id === openId);
  const start = from === -1 && step === -1 ? 0 : from;
  for (let distance = 1; distance <= list.length; distance++) {
    const at = (start + step * distance + list.length * 2) % list.length;
    const view = list[at];
    if (view && view.id !== openId && (!onlyUnread || view.unread > 0)) return view;
  }
  return null;
}
