import { EVERYONE, extractMentions } from '#server/domain/mentions/extract-mentions';
import type { Transaction } from '#server/platform/database';

/**
 * Whom a text mentions in a conversation: the members it names, ascending by name, or everyone at once. The columns
 * as they are stored; `post_messages` resolves what is sent in the same way.
 */
export async function resolveMentions(
  db: Transaction,
  conversationId: number,
  text: string,
): Promise<{ mentions: number[]; mentionsEveryone: boolean }> {
  const names = extractMentions(text);
  if (names.includes(EVERYONE)) return { mentions: [], mentionsEveryone: true };
  if (names.length === 0) return { mentions: [], mentionsEveryone: false };
  const members = await db.$queryRaw<{ id: bigint }[]>`
    SELECT id FROM members_named(${conversationId}, ${names}) ORDER BY name COLLATE "C"`;
  return { mentions: members.map(({ id }) => Number(id)), mentionsEveryone: false };
}
