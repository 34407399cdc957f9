import { z } from '@hono/zod-openapi';
import { millisecondsOf, userNameOf } from '#server/dialects/mikrochat/present';
import type { ChannelView } from '#server/domain/channels/channel';
import { GENERAL, isShownAsGeneral } from '#server/domain/channels/default-channel';
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

/** A channel, public or private. */
export function presentChannel(channel: ChannelView): ChannelJson {
  return {
    id: String(channel.id),
    name: isShownAsGeneral(channel) ? GENERAL : channel.name,
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
