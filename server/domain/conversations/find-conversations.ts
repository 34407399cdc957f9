import type { ConversationView } from '#server/domain/conversations/conversation';
import { isRunByMembers, mayPost } from '#server/domain/conversations/policy';
import { type Actor, DELETED_NAME, type Person } from '#server/domain/kernel/actor';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { personJson } from '#server/domain/messages/message-json';
import { mayRemove, PLACES } from '#server/domain/messages/policy';
import { UNREAD_COLUMNS } from '#server/domain/unreads/unread-counts';
import { sql } from '#server/platform/database';

/**
 * Everything the actor is in, hidden ones too: public channels in order, private ones by id, then direct
 * conversations with the newest activity first.
 */
export async function listConversations(actor: Actor): Promise<ConversationView[]> {
  const rows = await sql<Row>(
    'conversations.list',
    `${SELECT} WHERE me.account_id = $1
     ORDER BY c.kind, c.visibility, c.position, CASE WHEN c.kind <> 'channel' THEN c.last_sent_at END DESC, c.id`,
    [actor.accountId],
  );
  return rows.map((row) => present(actor, row));
}

/** One conversation as `listConversations` has it. Refuses `not_found` `conversation` for what the actor isn't in. */
export async function findConversation(actor: Actor, conversationId: number): Promise<ConversationView> {
  const [row] = await sql<Row>('conversations.find', `${SELECT} WHERE me.account_id = $1 AND c.id = $2`, [
    actor.accountId,
    conversationId,
  ]);
  refuseUnless(row, 'not_found', 'conversation');
  return present(actor, row);
}

type Row = Omit<ConversationView, 'may' | 'people'> & { people: Person[] | null };

/** All that a list of conversations shows, in one round trip: it is asked for with every page load and reconnect. */
const SELECT = `
  SELECT c.id, c.kind, c.visibility, c.name, c.topic, me.role, c.position,
         c.admins_only AS "adminsOnly", c.created_at AS "createdAt", c.last_seq AS "lastSeq",
         c.last_sent_at AS "lastSentAt", me.read_seq AS "readSeq", me.read_stamp AS "readStamp",
         me.history_start AS "historyStart", coalesce(me.hidden_at >= c.last_sent_at, false) AS hidden,
         ${UNREAD_COLUMNS},
         CASE WHEN c.kind = 'direct' THEN (
           SELECT json_agg(${personJson('a')}
                           ORDER BY coalesce(a.username::text, '${DELETED_NAME}') COLLATE "C", a.id)
           FROM membership m JOIN account a ON a.id = m.account_id WHERE m.conversation_id = c.id) END AS people
  FROM ${PLACES}`;

function present(actor: Actor, { people, ...row }: Row): ConversationView {
  const own = isRunByMembers(row);
  const post = mayPost(row, { role: row.role, instanceRole: actor.role });
  const thread = post && row.kind === 'channel';
  const removeMessages = mayRemove(actor, row, { senderId: null });
  return {
    ...row,
    people: people ?? [],
    may: { post, thread, removeMessages, rename: own, addMembers: own, leave: own },
  };
}
