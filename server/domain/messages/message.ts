import type { FileView } from '#server/domain/files/file';
import type { Person } from '#server/domain/kernel/actor';

/** One emoji on a message and who put it there, in the order they did. */
export type ReactionView = { emoji: string; people: Person[] };

/** What there is of live replies to a message, at least one. */
export type Thread = {
  replyCount: number;
  /** stamp of the newest reply */
  lastReplyAt: number;
  lastReplyBy: Person;
  /** who replied, in the order of their first remaining reply */
  people: Person[];
};

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
  /** false for notices and for replies that live in a thread only, which nobody has "unread" */
  counts: boolean;
  /** how many messages that count there had been, up to and including this one */
  ordinal: number;
  /** null for notices and for what bots write */
  sender: Person | null;
  /** the webhook that wrote it, under the name it had then; null for people's messages and notices */
  bot: { id: number; name: string } | null;
  text: string | null;
  files: FileView[];
  /** as the sender gave it: may point to nothing */
  replyToId: number | null;
  /** the message whose thread this reply is in; with `counts` it is shown in the channel too */
  threadRootId: number | null;
  /** of the root of a thread */
  thread: Thread | null;
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
  pinnedAt: number | null;
  /** the newest stamp of all that happened to it, replies in its thread and pinning included */
  changedAt: number;
};
