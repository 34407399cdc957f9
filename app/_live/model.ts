/**
 * What the browser knows, in the words of the domain. Ids are numbers, stamps are microseconds since the epoch.
 * What comes from the server keeps the shape that the domain gives it.
 */
import type { AccountView } from '#server/domain/accounts/account';
import type { ConversationView } from '#server/domain/conversations/conversation';
import type { FileView } from '#server/domain/files/file';
import type { Person } from '#server/domain/kernel/actor';
import type { Message } from '#server/domain/messages/message';
import type { ThreadStanding } from '#server/domain/threads/thread-view';
import type { Bootstrap } from '#server/trpc/bootstrap';

export type { AccountView, Bootstrap, ConversationView, FileView, Message, Person };

export type Me = Bootstrap['me'];

export type PresenceState = 'active' | 'idle' | 'hidden' | 'offline';

/** Another member's read mark. */
export type Receipt = { person: Person; readSeq: number; readStamp: number };

export type Connection = 'online' | 'offline' | 'reconnecting';

/** A message that this browser has written and the server has not yet shown back. */
export type PendingMessage = {
  clientKey: string;
  conversationId: number;
  text: string;
  files: FileView[];
  replyToId: number | null;
  /** the message whose thread it is written in */
  threadRootId: number | null;
  alsoInChannel: boolean;
  /** milliseconds since the epoch, by this browser's clock */
  writtenAt: number;
  state: 'waiting' | 'sending' | 'sent' | 'refused';
  /** the reason of the refusal, once refused */
  problem: string | null;
  /** its place in the conversation, once sent; 0 before */
  sentSeq: number;
};

/** Where I stand in a thread. `lastAt` is the stamp of the newest reply that is counted in. */
export type Standing = ThreadStanding & { lastAt: number };

/** A thread that was opened: its root and its newest replies, ascending. */
export type Thread = {
  /** `missing`: there is no such thread for me, or it is gone */
  status: 'loading' | 'ready' | 'failed' | 'missing';
  root: Message | null;
  replies: readonly Message[];
  hasOlder: boolean;
  loadingOlder: boolean;
};

/** A contiguous piece of a conversation, oldest first, and what lies beyond it. */
export type Timeline = {
  /** grows whenever another piece is opened in its place: then nothing of the old one is where it was */
  epoch: number;
  status: 'loading' | 'ready' | 'failed';
  messages: readonly Message[];
  hasOlder: boolean;
  hasNewer: boolean;
  /** a page in that direction is on its way */
  loadingOlder: boolean;
  loadingNewer: boolean;
};
