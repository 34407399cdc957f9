/**
 * SQL: the conversations `c` that somebody takes part in, with their membership `me`; the query adds whose. An
 * archived conversation is nowhere for anybody.
 */
export const PLACES =
  'membership me JOIN conversation c ON c.id = me.conversation_id AND c.archived_at IS NULL';

/** SQL: the messages `m` of those conversations that the member may see. */
export const VISIBLE_MESSAGES = `${PLACES} JOIN message m ON m.conversation_id = c.id AND m.seq > me.history_start`;
