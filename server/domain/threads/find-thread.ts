import type { Actor } from '#server/domain/kernel/actor';
import { refuse } from '#server/domain/kernel/refusal';
import type { Message } from '#server/domain/messages/message';
import { messagesJson } from '#server/domain/messages/message-json';
import { STANDING_COLUMNS, type ThreadStanding, VISIBLE_THREADS } from '#server/domain/threads/thread-view';
import { sql } from '#server/platform/database';

const FIND = `
  SELECT ${STANDING_COLUMNS},
    (${messagesJson({ from: 'message root JOIN message m ON m.id = root.id', where: 'root.id = $2', order: 'm.id' })})->0 AS root
  FROM ${VISIBLE_THREADS} WHERE me.account_id = $1 AND m.id = $2`;

/**
 * A message that a thread has begun with or may begin with, and where the actor stands in it. `not_found/message` for
 * what they can't see, what is deleted, replies and notices.
 */
export async function findThread(
  actor: Actor,
  { rootId }: { rootId: number },
): Promise<ThreadStanding & { root: Message }> {
  if (!Number.isSafeInteger(rootId)) return refuse('not_found', 'message');
  const [found] = await sql<ThreadStanding & { root: Message }>('threads.find', FIND, [
    actor.accountId,
    rootId,
  ]);
  return found ?? refuse('not_found', 'message');
}
