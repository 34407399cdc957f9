import type { Actor } from '#server/domain/kernel/actor';
import { refuse } from '#server/domain/kernel/refusal';
import { unseen } from '#server/domain/kernel/unseen';
import type { Message } from '#server/domain/messages/message';
import { messagesJson } from '#server/domain/messages/message-json';
import { VISIBLE_MESSAGES } from '#server/domain/messages/policy';
import { sql } from '#server/platform/database';

const VISIBLE = `SELECT ${messagesJson({
  from: VISIBLE_MESSAGES,
  where: `me.account_id = $1 AND m.id = ANY(${unseen('$2::bigint[]')}::bigint[])`,
  order: 'array_position($2::bigint[], m.id)',
})} AS messages`;

const UNSCOPED = `SELECT ${messagesJson({
  where: `m.id = ANY(${unseen('$1::bigint[]')}::bigint[])`,
  order: 'm.conversation_id, m.seq',
})} AS messages`;

/** One message the actor may see; refuses `not_found` for every other id. */
export async function findMessage(actor: Actor, id: number): Promise<Message> {
  const [message] = await findMessages(actor, [id]);
  return message ?? refuse('not_found', 'message');
}

/** Those of the messages that the actor may see, in the order of `ids`. */
export async function findMessages(actor: Actor, ids: readonly number[]): Promise<Message[]> {
  const wanted = ids.filter(Number.isSafeInteger);
  if (wanted.length === 0) return [];
  const rows = await sql<{ messages: Message[] }>('messages.find', VISIBLE, [actor.accountId, wanted]);
  return rows[0]?.messages ?? [];
}

/**
 * Messages by id for nobody in particular, by conversation and `seq`: for the hub, which checks at delivery who may
 * see each, and for commands that have just written them. Missing ones are left out.
 */
export async function unscopedMessages(ids: readonly number[]): Promise<Message[]> {
  if (ids.length === 0) return [];
  const rows = await sql<{ messages: Message[] }>('messages.unscoped', UNSCOPED, [ids]);
  return rows[0]?.messages ?? [];
}

/** A message just after the command that changed it; gone if retention was faster. */
export async function rereadMessage(id: number): Promise<Message> {
  const [message] = await unscopedMessages([id]);
  return message ?? refuse('not_found', 'message');
}
