import type { ReactionView } from '#server/domain/messages/message';

/**
 * The two ways this API is spoken (mikrochat.md §1.14): as documented, at the root, and as the API's own web client
 * needs it, below `/compat/mikrochat`. They differ in how reactions are keyed and in how text is written, in answers
 * and on the event stream, and in nothing else.
 */
export type Profile = {
  name: 'root' | 'compat';
  base: string;
  /** a text as a client writes it, in plain */
  plain(content: string): string;
  /** a plain text as a client wants it */
  written(text: string): string;
  reactions(reactions: readonly ReactionView[]): Record<string, string[]>;
};

/** Documented: emoji → the ids of who reacted so. */
export const ROOT: Profile = {
  name: 'root',
  base: '',
  plain: (content) => content,
  written: (text) => text,
  reactions: (reactions) =>
    Object.fromEntries(reactions.map(({ emoji, people }) => [emoji, people.map(({ id }) => String(id))])),
};

/** The client: person → their emojis. It writes entities where HTML needs them, and puts what it gets into its page. */
export const COMPAT: Profile = {
  name: 'compat',
  base: '/compat/mikrochat',
  plain: (content) => content.replace(/&(?:amp|lt|gt|quot|#039);/g, (entity) => CHARACTERS[entity] as string),
  written: (text) => text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string),
  reactions(reactions) {
    const byPerson = new Map<string, string[]>();
    for (const { emoji, people } of reactions) {
      for (const { id } of people) byPerson.set(String(id), [...(byPerson.get(String(id)) ?? []), emoji]);
    }
    return Object.fromEntries(byPerson);
  },
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#039;',
};

const CHARACTERS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(ENTITIES).map(([character, entity]) => [entity, character]),
);
