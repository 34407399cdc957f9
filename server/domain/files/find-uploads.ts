import { parseDatedName } from '#server/domain/files/dated-name';
import type { Actor } from '#server/domain/kernel/actor';
import { refuse } from '#server/domain/kernel/refusal';
import { sql } from '#server/platform/database';

export type FindUploads = {
  conversationId: number;
  datedNames: readonly string[];
  /** the actor's own message that is being revised: what it carries already may stay */
  messageId?: number | undefined;
};

/**
 * The files that a message may carry, by their dated names and in their order, each once: the actor's own uploads
 * that no message has and that may go into this conversation. Refuses `invalid/unknown_file` for any other name.
 */
export async function findUploads(
  actor: Actor,
  { conversationId, datedNames, messageId }: FindUploads,
): Promise<number[]> {
  const wanted = [...new Set(datedNames)].map((text) => parseDatedName(text) ?? unknownFile());
  if (wanted.length === 0) return [];
  const rows = await sql<{ id: number }>(
    'files.uploads',
    `SELECT f.id
     FROM unnest($2::text[], $3::bigint[]) WITH ORDINALITY wanted(name, ms, place)
     JOIN file f ON f.name = wanted.name AND f.created_at / 1000 = wanted.ms
     WHERE f.uploader_id = $1 AND (f.message_id = $5
       OR (f.message_id IS NULL AND f.removed_at IS NULL AND coalesce(f.conversation_id, $4) = $4))
     ORDER BY wanted.place`,
    [
      actor.accountId,
      wanted.map(({ name }) => name),
      wanted.map(({ createdMs }) => createdMs),
      conversationId,
      messageId ?? null,
    ],
  );
  if (rows.length < wanted.length) unknownFile();
  return rows.map(({ id }) => id);
}

function unknownFile(): never {
  return refuse('invalid', 'unknown_file');
}
