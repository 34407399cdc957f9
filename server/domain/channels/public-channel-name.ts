import type { ChannelView } from '#server/domain/channels/channel';
import { GENERAL, isShownAsGeneral } from '#server/domain/channels/default-channel';
import { plainName } from '#server/domain/kernel/plain-name';
import { refuse, refuseUnless } from '#server/domain/kernel/refusal';

const RULE = { limit: 100, reason: 'channel_name' };
/** Some faces address conversations by one text, in which a public channel's name stands for itself. */
const OTHERS_PREFIX = /^(?:dm|private):/;

/**
 * What a public channel may be called: as `plainName`, and nothing that reads like the address of another kind of
 * conversation. Refuses `invalid` `channel_name`.
 */
export function publicChannelName(raw: string): string {
  const name = plainName(raw, RULE);
  refuseUnless(!OTHERS_PREFIX.test(name), 'invalid', RULE.reason);
  return name;
}

/**
 * Refuses `conflict` `name_taken` if another of the public channels has the name, letter case included, or is shown
 * under it in some face.
 */
export function refuseTakenName(channels: readonly ChannelView[], name: string, ownId?: number): void {
  const isTaken = channels.some(
    (one) => one.id !== ownId && (one.name === name || (name === GENERAL && isShownAsGeneral(one))),
  );
  if (isTaken) refuse('conflict', 'name_taken');
}
