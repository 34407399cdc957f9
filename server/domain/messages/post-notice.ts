import type { LockedConversation } from '#server/domain/kernel/lock';
import type { Transaction } from '#server/platform/database';

/**
 * Writes a notice into a conversation whose lock the caller's transaction holds (or takes it, given an id), with
 * its event. Returns the notice's id.
 */
export async function postNotice(
  _db: Transaction,
  _conversationId: LockedConversation['id'],
  _text: string,
): Promise<number> {
  throw new Error('not written yet');
}
