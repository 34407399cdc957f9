import { holdAdministrator } from '#server/domain/accounts/administration';
import { recordAudit } from '#server/domain/audit/record-audit';
import type { ChannelView } from '#server/domain/channels/channel';
import { channelTopic } from '#server/domain/channels/channel-topic';
import { publicChannelName, refuseTakenName } from '#server/domain/channels/public-channel-name';
import {
  forgetPublicChannels,
  lockPublicChannels,
  readPublicChannels,
} from '#server/domain/channels/public-channels';
import type { Actor } from '#server/domain/kernel/actor';
import { publish } from '#server/domain/kernel/publish';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { now } from '#server/platform/clock';

/** An absent key stays as it is; a topic of null or blank is taken away. */
export type ChangePublicChannel = { conversationId: number; name?: string; topic?: string | null };

/**
 * Gives a public channel another name or topic. Refuses, in this order, `forbidden` `not_an_administrator`,
 * `not_found` `conversation`, `conflict` `default_channel` (whose name stays), `invalid` as `publicChannelName` and
 * `channelTopic` do, `conflict` `name_taken`.
 */
export async function changePublicChannel(actor: Actor, input: ChangePublicChannel): Promise<ChannelView> {
  const changed = await transaction(async (db) => {
    await lockPublicChannels(db);
    await holdAdministrator(db, actor);
    const channels = await readPublicChannels(db);
    const channel = channels.find(({ id }) => id === input.conversationId);
    refuseUnless(channel, 'not_found', 'conversation');
    refuseUnless(input.name === undefined || !channel.isDefault, 'conflict', 'default_channel');

    const name = input.name === undefined ? channel.name : publicChannelName(input.name);
    const topic = input.topic === undefined ? channel.topic : channelTopic(input.topic);
    refuseTakenName(channels, name, channel.id);
    const conversationId = channel.id;
    // one later than the last: two changes within a microsecond are two
    const updatedAt = Math.max(now(), (channel.updatedAt ?? 0) + 1);
    await db.conversation.update({
      where: { id: conversationId },
      data: { name, topic, updatedAt },
      select: { id: true },
    });
    await publish(db, { conversationId }, { type: 'conversation_changed', conversationId });
    await recordAudit(db, actor, {
      action: 'channel.update',
      targetType: 'channel',
      targetId: conversationId,
      metadata: { name, ...(name !== channel.name && { formerName: channel.name }) },
    });
    return { ...channel, name, topic, updatedAt };
  });
  forgetPublicChannels();
  return changed;
}
