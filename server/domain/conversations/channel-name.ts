import { refuseUnless } from '#server/domain/kernel/refusal';
import { storable } from '#server/domain/messages/message-text';

const LONGEST = 80;

/** What a channel may be called: trimmed, 1 to 80 characters. Refuses `invalid` `channel_name`. */
export function channelName(raw: string): string {
  const name = storable(raw).trim();
  refuseUnless(name !== '' && [...name].length <= LONGEST, 'invalid', 'channel_name', { limit: LONGEST });
  return name;
}
