import type { FileView } from '#server/domain/files/file';
import type { Person } from '#server/domain/kernel/actor';

/** One emoji on a message and who put it there, in the order they did. */
export type ReactionView = { emoji: string; people: Person[] };

/**
 * One entry of a conversation as its readers see it; the same for all of them. Stamps are microseconds since the
 * epoch. A deleted message keeps its place, its sender and its stamps, and nothing of what it said.
 */
export type Message = {
  id: number;
  conversationId: number;
  /** its place in the conversation, dense from 1 */
  seq: number;
  kind: 'text' | 'notice';
  /** false for notices and thread replies, which nobody has "unread" */
  counts: boolean;
  /** how many messages that count there had been, up to and including this one */
  ordinal: number;
  /** null for notices */
  sender: Person | null;
  text: string | null;
  files: FileView[];
  /** as the sender gave it: may point to nothing */
  replyToId: number | null;
  threadRootId: number | null;
  /** ascending by name, or in the order of a direct conversation's people */
  mentions: Person[];
  mentionsEveryone: boolean;
  /** in order of first use */
  reactions: ReactionView[];
  /** the sender's own name for the send; faces show it to its sender only */
  clientKey: string | null;
  createdAt: number;
  editedAt: number | null;
  reactedAt: number | null;
  deletedAt: number | null;
  /** the newest of the four stamps before */
  changedAt: number;
};
