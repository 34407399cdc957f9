import type { FileView } from '#app/_live/model.ts';
import type { Around } from '#app/_live/timelines.ts';

/** A message as the composer hands it over. */
export type Draft = {
  conversationId: number;
  text: string;
  files?: FileView[];
  replyToId?: number | null;
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
  /** asks for a message that a reply quotes and that is not in the timeline */
  loadQuoted: (messageId: number) => Promise<void>;

  sendMessage: (draft: Draft) => void;
  retry: (clientKey: string) => void;
  discard: (clientKey: string) => void;
  editMessage: (messageId: number, text: string) => Promise<void>;
  deleteMessage: (messageId: number) => Promise<void>;
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
