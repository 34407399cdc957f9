import { refuseUnless } from '#server/domain/kernel/refusal';
import { storable } from '#server/domain/messages/message-text';

const LONGEST = 250;

/** What a channel is about, as it is kept: trimmed, null for nothing. Refuses `invalid` `topic_too_long`. */
export function channelTopic(raw: string | null | undefined): string | null {
  const topic = storable(raw ?? '').trim();
  refuseUnless([...topic].length <= LONGEST, 'invalid', 'topic_too_long', { limit: LONGEST });
  return topic || null;
}
