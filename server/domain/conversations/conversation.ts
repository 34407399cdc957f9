import type { Person } from '#server/domain/kernel/actor';
import type { ConversationKind, MemberRole, Visibility } from '#server/platform/database';

/** A conversation as one of its members sees it. Stamps are microseconds since the epoch. */
export type ConversationView = {
  id: number;
  kind: ConversationKind;
  visibility: Visibility;
  /** channels only; a public one is unique by it */
  name: string | null;
  topic: string | null;
  /** direct conversations: everyone in it, the actor too, by name in code units; empty otherwise */
  people: Person[];
  /** the actor's own, in this conversation */
  role: MemberRole;
  /** of a public channel among the public ones, the id second */
  position: number;
  adminsOnly: boolean;
  createdAt: number;
  lastSeq: number;
  /** stamp of the newest message, deleted ones included; 0 while there is none */
  lastSentAt: number;
  readSeq: number;
  readStamp: number;
  /** messages up to this `seq` are out of the actor's sight */
  historyStart: number;
  unread: number;
  /** of the unread, those that mention the actor or everyone */
  mentions: number;
  /** closed by the actor, and nothing was sent since; a new direct conversation starts so for all but its opener */
  hidden: boolean;
  may: {
    post: boolean;
    /** write in threads: only channels have them */
    thread: boolean;
    /** delete what others wrote */
    removeMessages: boolean;
    rename: boolean;
    addMembers: boolean;
    leave: boolean;
  };
};
