import type { Actor } from '#server/domain/kernel/actor';
import type { Message } from '#server/domain/messages/message';
import { messagesJson } from '#server/domain/messages/message-json';
import { PLACES } from '#server/domain/messages/policy';
import { UNREAD_MENTION } from '#server/domain/unreads/unread-counts';
import { sql } from '#server/platform/database';

const LIMIT = 200;

const MENTIONS = `SELECT ${messagesJson({
  from: `${PLACES} JOIN message m ON ${UNREAD_MENTION}`,
  where: 'me.account_id = $1',
  order: 'm.created_at DESC, m.id DESC',
  limit: LIMIT,
})} AS messages`;

/** The actor's unread, live messages by others that mention them or everyone, newest first, at most 200. */
export async function unreadMentions(actor: Actor): Promise<Message[]> {
  const rows = await sql<{ messages: Message[] }>('mentions.unread', MENTIONS, [actor.accountId]);
  return rows[0]?.messages ?? [];
}
