import type { FileView } from '#app/_live/model.ts';
import type { Keep } from '#app/_live/storage.ts';

/** Where something is written: a conversation's id, or a thread of it. */
export type DraftPlace = number | `thread:${number}`;

/** What somebody has begun to write there. */
export type KeptDraft = { text: string; replyToId: number | null; files: FileView[] };

export type Drafts = {
  read: (place: DraftPlace) => KeptDraft;
  write: (place: DraftPlace, draft: KeptDraft) => void;
};

const empty: KeptDraft = { text: '', replyToId: null, files: [] };

export function createDrafts(keep: Keep): Drafts {
  return {
    read(place) {
      const kept = keep.read(`draft:${place}`) as Partial<KeptDraft> | null;
      if (typeof kept?.text !== 'string') return empty;
      return { ...empty, ...kept };
    },
    write(place, draft) {
      const isEmpty = draft.text === '' && draft.replyToId === null && draft.files.length === 0;
      keep.write(`draft:${place}`, isEmpty ? null : draft);
    },
  };
}
