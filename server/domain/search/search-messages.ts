import { z } from 'zod';
import type { Actor } from '#server/domain/kernel/actor';
import { Id } from '#server/domain/kernel/ids';
import type { Message } from '#server/domain/messages/message';
import { MAX_TEXT_LENGTH, storable } from '#server/domain/messages/message-text';
import { searchStatement } from '#server/domain/search/search-statement';
import { sql } from '#server/platform/database';

const MAX_HITS = 200;
const DEFAULT_HITS = 50;

/** Filters are ANDed; without any of them the answer is empty. */
export const SearchMessages = z.object({
  /** a literal, case-insensitive substring; trimmed */
  text: z.string().optional(),
  /** the sender's whole username, ignoring case; trimmed */
  from: z.string().optional(),
  /** the sender's id */
  fromId: Id.optional(),
  /** what Parley itself wrote: only that, or none of it */
  notices: z.boolean().optional(),
  conversationId: Id.optional(),
  /** stamp, inclusive */
  since: z.number().optional(),
  /** stamp, exclusive */
  until: z.number().optional(),
  limit: z.number().int().min(1).max(MAX_HITS).default(DEFAULT_HITS),
  /** the last message of the page before */
  before: z.object({ createdAt: z.number(), id: Id }).optional(),
});
export type SearchMessages = z.input<typeof SearchMessages>;

/**
 * Live messages that the actor may see, newest first by (createdAt, id), at most `limit`. What they may not see,
 * a conversation named in the filter included, is not there to be found.
 */
export async function searchMessages(actor: Actor, input: SearchMessages): Promise<Message[]> {
  const { fromId, notices, conversationId, before, limit = DEFAULT_HITS } = input;
  const text = storable(input.text ?? '').trim() || undefined;
  const from = storable(input.from ?? '').trim() || undefined;
  const [since, until] = [stampOf(input.since), stampOf(input.until)];
  if ([text, from, fromId, notices, conversationId, since, until].every((filter) => filter === undefined))
    return [];
  if (text && text.length > 2 * MAX_TEXT_LENGTH) return [];

  const {
    name,
    text: statement,
    values,
  } = searchStatement(
    { accountId: actor.accountId, limit: Math.min(Math.max(limit, 1), MAX_HITS) },
    { text, from, fromId, notices, conversationId, since, until, before },
  );
  const rows = await sql<{ messages: Message[] }>(name, statement, values);
  return rows[0]?.messages ?? [];
}

/** A whole number that fits the column; bounds that are no number count as absent. */
function stampOf(bound: number | undefined): number | undefined {
  if (bound === undefined || Number.isNaN(bound)) return undefined;
  return Math.min(Math.max(Math.ceil(bound), Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
}
