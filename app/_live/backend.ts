import type { Delivery } from '#app/_live/delivery.ts';
import type {
  AccountView,
  Bootstrap,
  ConversationView,
  Message,
  Receipt,
  Standing,
} from '#app/_live/model.ts';
import type { Page } from '#app/_live/timeline-window.ts';
import type { ThreadView } from '#server/domain/threads/list-threads';

export type ListMessages = {
  conversationId: number;
  /** at most one of these; none means the newest page */
  before?: number;
  after?: number;
  around?: number;
  limit: number;
};

export type SendMessage = {
  conversationId: number;
  text: string;
  fileIds: number[];
  replyToId: number | null;
  threadRootId: number | null;
  alsoInChannel: boolean;
  clientKey: string;
};

export type StreamHandlers = {
  onDelivery: (delivery: Delivery) => void;
  /** the stream is open, or has been lost and is being opened again */
  onState: (state: 'open' | 'connecting') => void;
  /** it has ended and will not be opened again by itself */
  onEnd: () => void;
};

/** The server as the live connection sees it: tRPC in the browser, a script in tests. */
export type Backend = {
  bootstrap: () => Promise<Bootstrap>;
  isSignedIn: () => Promise<boolean>;
  /** deliveries after event `cursor`, in order; returns the end of it */
  subscribe: (cursor: number, handlers: StreamHandlers) => () => void;
  listMessages: (input: ListMessages) => Promise<Page>;
  findMessage: (messageId: number) => Promise<Message>;
  send: (input: SendMessage) => Promise<Message[]>;
  editMessage: (messageId: number, text: string) => Promise<Message>;
  deleteMessage: (messageId: number) => Promise<Message>;
  setPinned: (messageId: number, pinned: boolean) => Promise<Message>;
  findThread: (rootId: number) => Promise<{ root: Message; standing: Standing }>;
  /** the newest replies, or those before one, ascending */
  listReplies: (input: { rootId: number; before?: number; limit: number }) => Promise<Message[]>;
  /** those I follow, the one with the newest reply first */
  listThreads: (input: {
    before?: { lastReplyAt: number; rootId: number };
    limit: number;
  }) => Promise<ThreadView[]>;
  markThreadRead: (rootId: number) => Promise<void>;
  followThread: (rootId: number, following: boolean) => Promise<void>;
  setReaction: (messageId: number, emoji: string, on: boolean) => Promise<Message>;
  markRead: (conversationId: number, seq?: number) => Promise<void>;
  markUnread: (conversationId: number, seq: number) => Promise<void>;
  receipts: (conversationId: number) => Promise<Receipt[]>;
  reportTyping: (conversationId: number) => Promise<void>;
  findConversation: (conversationId: number) => Promise<ConversationView>;
  listAccounts: () => Promise<AccountView[]>;
  listPresence: () => Promise<Bootstrap['presence']>;
  hideConversation: (conversationId: number) => Promise<void>;
  openDirect: (accountIds: number[]) => Promise<number>;
  createPrivateChannel: (input: { name: string; accountIds: number[] }) => Promise<number>;
  renameConversation: (conversationId: number, name: string) => Promise<void>;
  addMember: (conversationId: number, username: string) => Promise<void>;
  leaveConversation: (conversationId: number) => Promise<void>;
};

/** How a failed call is to be understood. */
export type Failure =
  /** nobody answered, or something that passes: the same call may succeed later */
  | { kind: 'passing' }
  /** the session is over */
  | { kind: 'signed_out' }
  /** the server said no, and will again */
  | { kind: 'refused'; reason: string };
