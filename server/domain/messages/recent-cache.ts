import { LRUCache } from 'lru-cache';
import type { Actor } from '#server/domain/kernel/actor';
import type { Message } from '#server/domain/messages/message';
import { messagesJson } from '#server/domain/messages/message-json';
import { type Reach, reachOf, VERSION_COLUMNS, type Version } from '#server/domain/messages/reach';
import { RecentMessages, WINDOW } from '#server/domain/messages/recent-messages';
import { sql } from '#server/platform/database';
import { processSingleton } from '#server/platform/process-singleton';

/** Characters, of all conversations together. */
const MAX_SIZE = 16 * 1024 * 1024;
const ATTEMPTS = 3;

type Kept = { recent: RecentMessages | null; reading: Promise<RecentMessages> | null };

const shelf = processSingleton(
  'messages.recent',
  () =>
    new LRUCache<number, Kept>({
      maxSize: MAX_SIZE,
      maxEntrySize: MAX_SIZE,
      sizeCalculation: ({ recent }) => 1 + (recent?.size ?? 0),
    }),
);

/**
 * Answers a question about the newest messages of a conversation from memory. The database is asked each time, in one
 * small round trip, whether the actor is there and whether anything has happened; only what did is read
 * (docs/decisions/043-hot-reads.md). Null: memory can't tell, ask the database. `not_found` where the actor isn't.
 */
export async function fromRecent<Answer>(
  actor: Actor,
  conversationId: number,
  answer: (recent: RecentMessages, reach: Reach) => Answer | null,
): Promise<Answer | null> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const reach = await reachOf(actor, conversationId);
    const recent = await recentMessages(conversationId, reach);
    const answered = recent && answer(recent, reach);
    // somebody else's reading may have brought what happened after this reach: then look again
    if (answered || recent?.version.lastStamp === reach.lastStamp) return answered;
  }
  return null;
}

/** What is kept of a conversation, at least as new as `version`; null if it doesn't come to rest. */
async function recentMessages(conversationId: number, version: Version): Promise<RecentMessages | null> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const kept = shelf.get(conversationId);
    if (kept?.recent?.hasReached(version)) return kept.recent;
    // Whoever began to read before this version may not see it: then it is read once more.
    await (kept?.reading ?? read(conversationId, kept?.recent ?? null));
  }
  return null;
}

/** One reading at a time for each conversation, shared by all who wait for it. */
async function read(conversationId: number, before: RecentMessages | null): Promise<RecentMessages> {
  const reading = before ? readOn(conversationId, before) : readAnew(conversationId);
  shelf.set(conversationId, { recent: before, reading });
  try {
    const recent = await reading;
    shelf.set(conversationId, { recent, reading: null });
    return recent;
  } catch (error) {
    shelf.delete(conversationId);
    throw error;
  }
}

type Reading = Version & { messages: Message[] };

// The newest of what isn't kept: the index on changes is read from its end, past at most one window.
const ANEW = `
  SELECT ${VERSION_COLUMNS},
    coalesce((SELECT m.changed_at FROM message m WHERE m.conversation_id = c.id AND m.seq <= c.last_seq - $2
              ORDER BY m.changed_at DESC LIMIT 1), 0) AS "completeSince",
    ${messagesJson({ where: 'm.conversation_id = c.id AND m.seq > c.last_seq - $2', order: 'm.seq' })} AS messages
  FROM conversation c WHERE c.id = $1`;

async function readAnew(conversationId: number): Promise<RecentMessages> {
  const [row] = await sql<Reading & { completeSince: number }>('messages.recent', ANEW, [
    conversationId,
    WINDOW,
  ]);
  if (!row) throw new Error(`there is no conversation ${conversationId}`);
  const { messages, completeSince, ...version } = row;
  return new RecentMessages(version, messages, completeSince);
}

const SINCE = `
  SELECT ${VERSION_COLUMNS}, ${messagesJson({
    from: `(SELECT * FROM message WHERE conversation_id = $1 AND changed_at > $2 ORDER BY changed_at LIMIT $3) m`,
    where: 'true',
    order: 'm.seq',
  })} AS messages
  FROM conversation c WHERE c.id = $1`;

/** Reads what changed since, unless that is as much as reading everything. */
async function readOn(conversationId: number, before: RecentMessages): Promise<RecentMessages> {
  const [row] = await sql<Reading>('messages.recent_since', SINCE, [
    conversationId,
    before.version.lastStamp,
    WINDOW + 1,
  ]);
  if (!row || row.messages.length > WINDOW || !before.isFollowedBy(row)) return readAnew(conversationId);
  const { messages, ...version } = row;
  return before.followedBy(version, messages);
}
