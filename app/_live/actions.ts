import type { FileView } from '#app/_live/model.ts';
import type { Around } from '#app/_live/timelines.ts';
import type { ThreadView } from '#server/domain/threads/list-threads';

/** A message as the composer hands it over. */
export type Draft = {
  conversationId: number;
  text: string;
  files?: FileView[];
  replyToId?: number | null;
  /** the thread it is written in */
  threadRootId?: number | null;
  /** a reply in a thread that the conversation shows, too */
  alsoInChannel?: boolean;
};

/**
 * Everything a person can do in a conversation. Those that answer nothing show their effect at once and settle
 * behind the scenes; those that answer a promise reject with a `TRPCClientError` when they were refused.
 */
export type LiveActions = {
  /** loads the newest page, or the one around a place; does nothing if it is there already */
  openTimeline: (conversationId: number, around?: Around) => Promise<void>;
  loadOlder: (conversationId: number) => Promise<void>;
  loadNewer: (conversationId: number) => Promise<void>;
  /** back to the newest page after having looked at older ones */
  showLatest: (conversationId: number) => Promise<void>;
  /** loads a thread with its newest replies; does nothing if it is there already */
  openThread: (rootId: number) => Promise<void>;
  loadOlderReplies: (rootId: number) => Promise<void>;
  /** so many of the threads I follow, the one with the newest reply first */
  listThreads: (count: number) => Promise<ThreadView[]>;
  markThreadRead: (rootId: number) => void;
  followThread: (rootId: number, following: boolean) => Promise<void>;
  /** asks for a message that a reply quotes and that is not in the timeline */
  loadQuoted: (messageId: number) => Promise<void>;

  sendMessage: (draft: Draft) => void;
  retry: (clientKey: string) => void;
  discard: (clientKey: string) => void;
  editMessage: (messageId: number, text: string) => Promise<void>;
  deleteMessage: (messageId: number) => Promise<void>;
  setPinned: (messageId: number, pinned: boolean) => Promise<void>;
  /** adds my reaction, or takes it back */
  react: (messageId: number, emoji: string) => Promise<void>;

  /** up to `seq`, or everything */
  markRead: (conversationId: number, seq?: number) => void;
  /** from `seq` on */
  markUnread: (conversationId: number, seq: number) => Promise<void>;
  reportTyping: (conversationId: number) => void;

  hideConversation: (conversationId: number) => Promise<void>;
  /** answers the conversation's id */
  openDirect: (accountIds: number[]) => Promise<number>;
  /** answers the conversation's id */
  createPrivateChannel: (input: { name: string; accountIds: number[] }) => Promise<number>;
  renameConversation: (conversationId: number, name: string) => Promise<void>;
  addMember: (conversationId: number, username: string) => Promise<void>;
  leaveConversation: (conversationId: number) => Promise<void>;
};
