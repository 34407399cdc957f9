import type { ChannelView } from '#server/domain/channels/channel';

/** What some clients expect the channel to be called that is always there (mikrochat.md E23). */
export const GENERAL = 'General';

/** Whether the default channel is one that those clients are to see under that name. */
export function isShownAsGeneral({ name, isDefault }: Pick<ChannelView, 'name' | 'isDefault'>): boolean {
  return isDefault && name.toLowerCase() === GENERAL.toLowerCase();
}
