import type { Actor } from '#server/domain/kernel/actor';
import { refuse } from '#server/domain/kernel/refusal';
import { PLACES } from '#server/domain/messages/policy';
import { sql } from '#server/platform/database';
import { gather } from '#server/platform/gather';
import { processSingleton } from '#server/platform/process-singleton';

/** What can have happened to the messages of a conversation: as long as all of it stays, so do they. */
export type Version = {
  lastSeq: number;
  /** grows with every send, edit, deletion, reaction and pin */
  lastStamp: number;
  prunedSeq: number;
  /** when somebody last got another name, or lost it by being deleted: it changes with whatever they had written */
  lastRenaming: number;
};

/** How far a member's view of a conversation reaches at one moment, and which state of the messages that was. */
export type Reach = Version & { historyStart: number };

/** SQL: a `Version` of the conversation `c`. */
export const VERSION_COLUMNS = `
  c.last_seq AS "lastSeq", c.last_stamp AS "lastStamp", c.pruned_seq AS "prunedSeq",
  (SELECT coalesce(max(renamed_at), 0) FROM account) AS "lastRenaming"`;

const REACHES = `
  SELECT asked.place, me.history_start AS "historyStart", ${VERSION_COLUMNS}
  FROM unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY AS asked (account_id, conversation_id, place)
  JOIN (${PLACES}) ON me.account_id = asked.account_id AND me.conversation_id = asked.conversation_id`;

type Question = { accountId: number; conversationId: number };

const ask = processSingleton('messages.reach', () => gather(reachesOf));

/** One small question to the database, shared by all who ask at the time. `not_found` where the actor isn't. */
export async function reachOf({ accountId }: Actor, conversationId: number): Promise<Reach> {
  return (await ask({ accountId, conversationId })) ?? refuse('not_found', 'conversation');
}

async function reachesOf(questions: readonly Question[]): Promise<(Reach | undefined)[]> {
  const rows = await sql<Reach & { place: number }>('messages.reach', REACHES, [
    questions.map(({ accountId }) => accountId),
    questions.map(({ conversationId }) => conversationId),
  ]);
  const reaches = new Map(rows.map((row) => [row.place, row]));
  return questions.map((_, index) => reaches.get(index + 1));
}
