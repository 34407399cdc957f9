import type { Actor } from '#server/domain/kernel/actor';
import { unscopedMessages } from '#server/domain/messages/find-messages';
import type { Message } from '#server/domain/messages/message';
import { VISIBLE_MESSAGES } from '#server/domain/messages/policy';
import { sql } from '#server/platform/database';

const PAGE = 500;

/** By id, so that it costs the same wherever it has got to. */
const IDS = `
  SELECT m.id FROM ${VISIBLE_MESSAGES}
  WHERE me.account_id = $1 AND c.kind = 'channel' AND m.kind = 'text' AND m.deleted_at IS NULL AND m.id > $2
  ORDER BY m.id LIMIT ${PAGE}`;

/** Everything said in channels that the actor may read when it is their turn, in pages by id. */
export async function* exportedMessages(actor: Actor): AsyncGenerator<Message[]> {
  for (let after = 0; ; ) {
    const rows = await sql<{ id: number }>('export.messages', IDS, [actor.accountId, after]);
    const last = rows.at(-1);
    if (!last) return;
    const messages = await unscopedMessages(rows.map(({ id }) => id));
    // a client key is its sender's alone
    yield messages.sort((a, b) => a.id - b.id).map((message) => ({ ...message, clientKey: null }));
    after = last.id;
  }
}
