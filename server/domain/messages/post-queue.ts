import type { FileView } from '#server/domain/files/file';
import type { Person } from '#server/domain/kernel/actor';
import { refuse } from '#server/domain/kernel/refusal';
import { wakeHub } from '#server/domain/kernel/wake';
import { settleIndexSoon } from '#server/domain/search/settle-index';
import { now } from '#server/platform/clock';
import { sql } from '#server/platform/database';
import { processSingleton } from '#server/platform/process-singleton';

/** One message to be, as the database function `post_messages` reads it. */
export type EntryDraft = { text?: string; names?: string[]; everyone?: true; files?: readonly number[] };

/** One send, as `post_messages` reads it; `files` are those of all its entries. Somebody or a bot writes it. */
export type SendDraft = ({ sender: number } | { bot: number; name: string }) & {
  key?: string;
  reply?: number;
  root?: number;
  /** a reply that is shown in the channel as well */
  also?: true;
  files?: readonly number[];
  entries: readonly EntryDraft[];
};

/** What `post_messages` answers to one send: why not, which message it repeats, or what it stored. */
export type Answer =
  | { refusal: 'conversation' | 'admins_only' | 'thread_root' | 'no_thread_here' | 'file' }
  | { first: number }
  | { stamp: number; name: string; displayName: string | null; messages: StoredMessage[] };

export type StoredMessage = {
  id: number;
  seq: number;
  ordinal: number;
  mentions: Person[] | null;
  files: FileView[] | null;
};

type Waiting = { draft: SendDraft; resolve: (answer: Answer) => void; reject: (error: unknown) => void };

const MAX_BATCH = 64;
/** so many may wait in one conversation: a few seconds' worth of sends */
const MAX_WAITING = 10_000;
const RETRY_AFTER_SECONDS = 5;
const queues = processSingleton('messages.queues', () => new Map<number, Waiting[]>());

/**
 * Stores one send. Sends of one conversation wait for its row lock and then for the disk, one after the other; so
 * while one statement is under way, those that arrive gather here, and the next statement carries them all: one
 * lock, one flush. A send that finds nothing under way goes at once. When a statement fails, all it carried do
 * (docs/decisions/005-sends-in-batches.md). Refuses `rate_limited/too_busy` when thousands are waiting already.
 */
export async function post(conversationId: number, draft: SendDraft): Promise<Answer> {
  const gathered = queues.get(conversationId);
  if (gathered && gathered.length >= MAX_WAITING) {
    refuse('rate_limited', 'too_busy', { retryAfterSeconds: RETRY_AFTER_SECONDS });
  }
  return new Promise((resolve, reject) => {
    const waiting = { draft, resolve, reject };
    if (gathered) {
      gathered.push(waiting);
      return;
    }
    queues.set(conversationId, [waiting]);
    void drain(conversationId);
  });
}

async function drain(conversationId: number): Promise<void> {
  const gathered = queues.get(conversationId) ?? [];
  while (gathered.length > 0) await postBatch(conversationId, gathered.splice(0, MAX_BATCH));
  queues.delete(conversationId);
}

async function postBatch(conversationId: number, batch: readonly Waiting[]): Promise<void> {
  try {
    const answers = await postMessages(
      conversationId,
      batch.map(({ draft }) => draft),
    );
    wakeHub.now();
    settleIndexSoon();
    for (const [index, { resolve }] of batch.entries()) resolve(answers[index] as Answer);
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}

/**
 * What Postgres says when two transactions got in each other's way and one was undone whole: a deadlock, or the
 * same client key on its way into two conversations. A lost connection isn't among them: the batch may have been
 * committed, and a send without a client key would be stored twice.
 */
function isUndoneByAnother(error: unknown): boolean {
  const { code, constraint } = error as { code?: string; constraint?: string };
  return code === '40P01' || (code === '23505' && constraint === 'message_sender_id_client_key_key');
}

const ATTEMPTS = 5;

async function postMessages(conversationId: number, sends: readonly SendDraft[]): Promise<Answer[]> {
  const json = JSON.stringify(sends);
  for (let attempt = 1; ; attempt++) {
    try {
      const rows = await sql<{ answers: Answer[] }>(
        'messages.post',
        'SELECT post_messages($1, $2, $3) AS answers',
        [conversationId, json, now()],
      );
      return rows[0]?.answers ?? [];
    } catch (error) {
      if (attempt === ATTEMPTS || !isUndoneByAnother(error)) throw error;
    }
  }
}
