import { LRUCache } from 'lru-cache';
import { directKey } from '#server/domain/direct-messages/direct-key';
import type { Actor } from '#server/domain/kernel/actor';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { prisma } from '#server/platform/database';
import { processSingleton } from '#server/platform/process-singleton';

/** A set of people keeps its conversation for ever, so what was found once stays true. */
const known = processSingleton('direct-messages.pairs', () => new LRUCache<string, number>({ max: 20_000 }));

/**
 * The id of the direct conversation of two people, named by their ids. Refuses `not_found` `conversation` where there
 * is none, and `forbidden` `not_a_participant` where it is other people's: that it exists is documented to be told
 * (mikrochat.md §2).
 */
export async function findDirectPair(actor: Actor, accountIds: readonly [number, number]): Promise<number> {
  const key = directKey(accountIds);
  const conversationId = known.get(key) ?? (await findByKey(key));
  refuseUnless(conversationId, 'not_found', 'conversation');
  known.set(key, conversationId);
  refuseUnless(accountIds.includes(actor.accountId), 'forbidden', 'not_a_participant');
  return conversationId;
}

async function findByKey(key: string): Promise<number | null> {
  const row = await prisma.conversation.findUnique({ where: { directKey: key }, select: { id: true } });
  return row && Number(row.id);
}
