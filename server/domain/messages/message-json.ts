import { DELETED_NAME } from '#server/domain/kernel/actor';

/** SQL: the account behind `alias` as a `Person`. */
export function personJson(alias: string): string {
  return `json_build_object('id', ${alias}.id, 'name', coalesce(${alias}.username::text, '${DELETED_NAME}'),
    'displayName', ${alias}.display_name)`;
}

// The parts most messages lack are guarded by a column of the row itself, so that a page of plain messages costs
// no look-ups but the files'.
const MENTIONS = `
  CASE WHEN m.mentions = '{}' THEN '[]'::json ELSE coalesce((
    SELECT json_agg(${personJson('a')} ORDER BY named.place)
    FROM unnest(m.mentions) WITH ORDINALITY named(id, place) JOIN account a ON a.id = named.id), '[]') END`;

const REACTIONS = `
  CASE WHEN m.reacted_at IS NULL OR m.deleted_at IS NOT NULL THEN '[]'::json ELSE coalesce((
    SELECT json_agg(json_build_object('emoji', used.emoji, 'people', used.people) ORDER BY used.since, used.emoji)
    FROM (
      SELECT r.emoji, min(r.created_at) AS since,
             json_agg(${personJson('a')} ORDER BY r.created_at, a.id) AS people
      FROM reaction r JOIN account a ON a.id = r.account_id
      WHERE r.message_id = m.id GROUP BY r.emoji) used), '[]') END`;

const FILES = `
  coalesce((
    SELECT json_agg(json_build_object('id', f.id, 'name', f.name, 'originalName', f.original_name,
      'mediaType', f.media_type, 'size', f.size, 'width', f.width, 'height', f.height,
      'createdAt', f.created_at) ORDER BY f.position, f.id)
    FROM file f WHERE f.message_id = m.id), '[]')`;

/** SQL: the live replies to the row `m` as a `Thread`; null for all but the roots of some. */
export const THREAD_JSON = `
  CASE WHEN m.thread_count > 0 THEN json_build_object(
    'replyCount', m.thread_count, 'lastReplyAt', m.thread_last_at,
    'lastReplyBy', (SELECT ${personJson('a')} FROM account a WHERE a.id = m.thread_last_by_id),
    'people', (SELECT json_agg(${personJson('a')} ORDER BY replied.place)
      FROM unnest(m.thread_people) WITH ORDINALITY replied(id, place) JOIN account a ON a.id = replied.id)) END`;

const BOT = `CASE WHEN m.bot_id IS NOT NULL THEN json_build_object('id', m.bot_id, 'name', m.sender_name) END`;

/** SQL: the columns that make a `Message` of the row `m`, for `json_agg`. */
const MESSAGE_COLUMNS = `
  m.id, m.conversation_id AS "conversationId", m.seq, m.kind, m.counts, m.ordinal,
  CASE WHEN sender.id IS NOT NULL THEN ${personJson('sender')} END AS sender, ${BOT} AS bot,
  m.text, ${FILES} AS files, m.reply_to_id AS "replyToId", m.thread_root_id AS "threadRootId",
  ${THREAD_JSON} AS thread,
  ${MENTIONS} AS mentions, m.mentions_everyone AS "mentionsEveryone", ${REACTIONS} AS reactions,
  m.client_key AS "clientKey", m.created_at AS "createdAt", m.edited_at AS "editedAt",
  m.reacted_at AS "reactedAt", m.deleted_at AS "deletedAt", m.pinned_at AS "pinnedAt", m.changed_at AS "changedAt"`;

/**
 * What to select: message rows `m`, from their table alone or from joins that bring them along (`from`).
 * `where`, `order` and `limit` are SQL.
 */
type MessagesQuery = { from?: string; where: string; order: string; limit?: number };

/**
 * SQL: the selected messages as one JSON array of `Message`s, so that a page is one round trip and one JSON.parse.
 * Who may see them is for the query to say.
 */
export function messagesJson({ from = 'message m', where, order, limit }: MessagesQuery): string {
  return `coalesce((
    SELECT json_agg(message) FROM (
      SELECT ${MESSAGE_COLUMNS}
      FROM ${from} LEFT JOIN account sender ON sender.id = m.sender_id
      WHERE ${where} ORDER BY ${order} ${limit === undefined ? '' : `LIMIT ${limit}`}) message), '[]')`;
}
