import { LRUCache } from 'lru-cache';
import { type ConversationKind, sql, type Visibility } from '#server/platform/database';
import { processSingleton } from '#server/platform/process-singleton';

/** What never changes about a conversation. */
export type ConversationFacts = {
  id: number;
  kind: ConversationKind;
  visibility: Visibility;
  /** direct conversations: the account ids of its people, ascending; empty otherwise */
  people: readonly number[];
  /** stamp */
  createdAt: number;
};

const known = processSingleton(
  'conversations.facts',
  () => new LRUCache<number, ConversationFacts>({ max: 50_000 }),
);

/** These facts about some conversations, for presenting what somebody may see already; unknown ids are missing. */
export async function conversationFacts(ids: readonly number[]): Promise<Map<number, ConversationFacts>> {
  const found = new Map<number, ConversationFacts>();
  const missing: number[] = [];
  for (const id of new Set(ids)) {
    const facts = known.get(id);
    if (facts) found.set(id, facts);
    else missing.push(id);
  }
  for (const facts of missing.length > 0 ? await readFacts(missing) : []) {
    known.set(facts.id, facts);
    found.set(facts.id, facts);
  }
  return found;
}

async function readFacts(ids: readonly number[]): Promise<ConversationFacts[]> {
  const rows = await sql<Omit<ConversationFacts, 'people'> & { directKey: string | null }>(
    'conversations.facts',
    `SELECT id, kind, visibility, direct_key AS "directKey", created_at AS "createdAt"
     FROM conversation WHERE id = ANY ($1::bigint[])`,
    [ids],
  );
  return rows.map(({ directKey, ...facts }) => ({
    ...facts,
    people: directKey?.split(',').map(Number) ?? [],
  }));
}
