/**
 * What the browser knows, in the words of the domain. Ids are numbers, stamps are microseconds since the epoch.
 * The shapes are the domain's own answers: these are only their names on this side of the wire.
 */

export type Person = { id: number; name: string };

export type FileView = {
  id: number;
  name: string;
  originalName: string;
  mediaType: string;
  /** bytes */
  size: number;
  /** pixels; null for what is not a readable image */
  width: number | null;
  height: number | null;
};

export type Reaction = { emoji: string; people: Person[] };

export type Message = {
  id: number;
  conversationId: number;
  seq: number;
  kind: 'text' | 'notice';
  counts: boolean;
  ordinal: number;
  sender: Person | null;
  text: string | null;
  files: FileView[];
  replyToId: number | null;
  threadRootId: number | null;
  mentions: Person[];
  mentionsEveryone: boolean;
  reactions: Reaction[];
  clientKey: string | null;
  createdAt: number;
  editedAt: number | null;
  reactedAt: number | null;
  deletedAt: number | null;
  changedAt: number;
};

export type ConversationView = {
  id: number;
  kind: 'channel' | 'direct' | 'saved';
  visibility: 'public' | 'private';
  name: string | null;
  configuredName: string | null;
  topic: string | null;
  /** direct conversations: everyone in it */
  people: Person[];
  role: 'owner' | 'admin' | 'member';
  position: number;
  adminsOnly: boolean;
  createdAt: number;
  lastSeq: number;
  lastSentAt: number;
  readSeq: number;
  readStamp: number;
  historyStart: number;
  unread: number;
  mentions: number;
  hidden: boolean;
  may: { post: boolean; rename: boolean; addMembers: boolean; leave: boolean };
};

export type AccountView = {
  id: number;
  username: string;
  displayName: string | null;
  nameColor: string | null;
  avatarFile: string | null;
  bio: string | null;
  createdAt: number;
};

export type Me = AccountView & { sessionId: number; role: 'owner' | 'admin' | 'member' };

export type PresenceState = 'active' | 'idle' | 'hidden' | 'offline';

/** Another member's read mark. */
export type Receipt = { person: Person; readSeq: number; readStamp: number };

export type Connection = 'online' | 'offline' | 'reconnecting';

/** What the server hands the page on its first load; deliveries after `cursor` bring it up to date. */
export type Bootstrap = {
  me: Me;
  conversations: ConversationView[];
  accounts: AccountView[];
  presence: { person: Person; state: PresenceState }[];
  /** id of the newest event the rest already contains */
  cursor: number;
  limits: { uploadBytes: number };
};

/** A message that this browser has written and the server has not yet shown back. */
export type PendingMessage = {
  clientKey: string;
  conversationId: number;
  text: string;
  files: FileView[];
  replyToId: number | null;
  /** milliseconds since the epoch, by this browser's clock */
  writtenAt: number;
  state: 'waiting' | 'sending' | 'sent' | 'refused';
  /** the refusal in words, once refused */
  problem: string | null;
};

/** A contiguous piece of a conversation, oldest first, and what lies beyond it. */
export type Timeline = {
  status: 'loading' | 'ready' | 'failed';
  messages: readonly Message[];
  hasOlder: boolean;
  hasNewer: boolean;
  /** a page in that direction is on its way */
  loadingOlder: boolean;
  loadingNewer: boolean;
};
