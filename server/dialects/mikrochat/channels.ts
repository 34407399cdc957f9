import { z } from '@hono/zod-openapi';
import { millisecondsOf, userNameOf } from '#server/dialects/mikrochat/present';
import type { ChannelView } from '#server/domain/channels/channel';
import { publicChannels } from '#server/domain/channels/public-channels';
import type { ConversationView } from '#server/domain/conversations/conversation';

export const ChannelJson = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    createdAt: z.int(),
    updatedAt: z.int().optional(),
    createdBy: z.string().optional(),
    topic: z.string().optional(),
    isPrivate: z.literal(true).optional().openapi({ description: 'for its members only' }),
    members: z.array(z.string()).optional().openapi({ description: 'of private channels' }),
  })
  .openapi('Channel');
export type ChannelJson = z.output<typeof ChannelJson>;

/** What this API calls the channel that is always there. */
const GENERAL = 'General';

/** A channel, public or private. */
export function presentChannel(channel: ChannelView): ChannelJson {
  return {
    id: String(channel.id),
    name: shownName(channel),
    createdAt: millisecondsOf(channel.createdAt),
    ...(channel.updatedAt !== null && { updatedAt: millisecondsOf(channel.updatedAt) }),
    ...(channel.createdById !== null && { createdBy: String(channel.createdById) }),
    ...(channel.topic !== null && { topic: channel.topic }),
    ...(channel.visibility === 'private' && { isPrivate: true as const }),
  };
}

/**
 * Whether only those who are in it have it in their list: a private channel, or a direct conversation of more than two,
 * which this API has no other word for.
 */
export function isPrivateChannel({ kind, visibility, people }: ConversationView): boolean {
  return kind === 'direct' ? people.length > 2 : kind === 'channel' && visibility === 'private';
}

/** One of those; a direct conversation is called by its people. */
export function presentPrivateChannel(view: ConversationView, members: readonly number[]): ChannelJson {
  const isGroup = view.kind === 'direct';
  return {
    id: String(view.id),
    name: isGroup ? view.people.map(userNameOf).join(', ') : (view.name ?? ''),
    createdAt: millisecondsOf(view.createdAt),
    ...(view.topic !== null && { topic: view.topic }),
    isPrivate: true,
    members: members.map(String),
  };
}

/** `general` is a fine name for the first channel; clients of this API look for `General`. */
function shownName({ name, isDefault }: ChannelView): string {
  return isDefault && name.toLowerCase() === GENERAL.toLowerCase() ? GENERAL : name;
}

/** The name that a client means: what the default channel is shown as is that channel's, however it is spelled. */
export async function meantName(written: string): Promise<string> {
  if (written.trim() !== GENERAL) return written;
  const shown = (await publicChannels()).find((channel) => shownName(channel) === GENERAL);
  return shown?.name ?? written;
}
