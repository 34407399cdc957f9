import { refuseUnless } from '#server/domain/kernel/refusal';
import { storable } from '#server/domain/messages/message-text';

const UNSAFE = /[<>\p{Cc}]/u;

/**
 * A name as it is kept: trimmed. Refuses `invalid` with `reason` and `limit` for one that is blank, longer than
 * `limit` characters, or has `<`, `>` or control characters: some clients put names into their pages as they come
 * (mikrochat.md §1.14).
 */
export function plainName(raw: string, { limit, reason }: { limit: number; reason: string }): string {
  const name = storable(raw).trim();
  const isFine = name !== '' && [...name].length <= limit && !UNSAFE.test(name);
  refuseUnless(isFine, 'invalid', reason, { limit });
  return name;
}
