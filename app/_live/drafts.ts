import type { FileView } from '#app/_live/model.ts';
import type { Keep } from '#app/_live/storage.ts';

/** What somebody has begun to write in a conversation. */
export type KeptDraft = { text: string; replyToId: number | null; files: FileView[] };

export type Drafts = {
  read: (conversationId: number) => KeptDraft;
  write: (conversationId: number, draft: KeptDraft) => void;
};

const empty: KeptDraft = { text: '', replyToId: null, files: [] };

export function createDrafts(keep: Keep): Drafts {
  return {
    read(conversationId) {
      const kept = keep.read(`draft:${conversationId}`) as Partial<KeptDraft> | null;
      if (typeof kept?.text !== 'string') return empty;
      return { ...empty, ...kept };
    },
    write(conversationId, draft) {
      const isEmpty = draft.text === '' && draft.replyToId === null && draft.files.length === 0;
      keep.write(`draft:${conversationId}`, isEmpty ? null : draft);
    },
  };
}
