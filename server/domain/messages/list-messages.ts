import { z } from 'zod';
import type { Actor } from '#server/domain/kernel/actor';
import { Id } from '#server/domain/kernel/ids';
import { refuse } from '#server/domain/kernel/refusal';
import type { Message } from '#server/domain/messages/message';
import { messagesJson } from '#server/domain/messages/message-json';
import { PLACES } from '#server/domain/messages/policy';
import { fromRecent } from '#server/domain/messages/recent-cache';
import { sql } from '#server/platform/database';

const Seq = z.number().int().nonnegative();

const MAX_PAGE = 200;
const DEFAULT_PAGE = 50;

export const ListMessages = z.object({
  conversationId: Id,
  /** at most one of these three counts, in this order; none: the newest page */
  before: Seq.optional(),
  after: Seq.optional(),
  around: Seq.optional(),
  limit: z.number().int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE),
});
export type ListMessages = z.input<typeof ListMessages>;

/** Ascending by `seq`. */
export type MessagePage = { messages: Message[]; hasOlder: boolean; hasNewer: boolean };

/**
 * `seq` is dense, so a page is a range of it and needs no ORDER BY … LIMIT, which the planner is tempted to answer
 * from another index. `floor` is the last place the member can't see.
 */
const PAGE = `
  SELECT page.low > floor.seq + 1 AS "hasOlder", page.high < c.last_seq AS "hasNewer",
         ${messagesJson({ where: 'm.conversation_id = c.id AND m.seq BETWEEN page.low AND page.high', order: 'm.seq' })} AS messages
  FROM ${PLACES}
  CROSS JOIN LATERAL (SELECT greatest(me.history_start, c.pruned_seq) AS seq) floor
  CROSS JOIN LATERAL (
    SELECT least(c.last_seq, greatest(floor.seq, CASE
      WHEN $3::int IS NOT NULL THEN $3::int - 1
      WHEN $4::int IS NOT NULL THEN greatest($4::int, floor.seq) + $6::int
      WHEN $5::int IS NOT NULL THEN greatest($5::int + $6::int / 2, floor.seq + $6::int)
      ELSE c.last_seq END)) AS high) edge
  CROSS JOIN LATERAL (
    SELECT edge.high, greatest(floor.seq + 1, CASE
      WHEN $3::int IS NULL AND $4::int IS NOT NULL THEN least($4::int, c.last_seq) + 1
      ELSE edge.high - $6::int + 1 END) AS low) page
  WHERE me.account_id = $1 AND me.conversation_id = $2`;

/** One page of a conversation; `not_found` where the actor does not take part. */
export async function listMessages(actor: Actor, input: ListMessages): Promise<MessagePage> {
  const { before, after, around } = input;
  const isNewest = before === undefined && after === undefined && around === undefined;
  return (isNewest && (await newestPage(actor, input))) || readPage(actor, input);
}

async function newestPage(actor: Actor, input: ListMessages): Promise<MessagePage | null> {
  const limit = limitOf(input);
  return fromRecent(actor, input.conversationId, (recent, reach) => {
    const messages = recent.newest(reach, limit);
    const floor = Math.max(reach.historyStart, reach.prunedSeq);
    return messages && { messages, hasOlder: reach.lastSeq - limit > floor, hasNewer: false };
  });
}

/** The same from the database alone. */
export async function readPage(actor: Actor, input: ListMessages): Promise<MessagePage> {
  const { conversationId, before, after, around } = input;
  const [page] = await sql<MessagePage>('messages.list', PAGE, [
    actor.accountId,
    conversationId,
    inColumnRange(before),
    inColumnRange(after),
    inColumnRange(around),
    limitOf(input),
  ]);
  return page ?? refuse('not_found', 'conversation');
}

function limitOf({ limit = DEFAULT_PAGE }: ListMessages): number {
  return Math.min(Math.max(limit, 1), MAX_PAGE);
}

/** `seq` is an INTEGER: larger numbers mean "beyond everything" and leave room for the page's arithmetic. */
function inColumnRange(seq: number | undefined): number | null {
  return seq === undefined ? null : Math.min(seq, 2_000_000_000);
}
