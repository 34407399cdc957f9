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
import { homeCommunity } from '#server/domain/conversations/home-community';
import type { Actor } from '#server/domain/kernel/actor';
import { publish } from '#server/domain/kernel/publish';
import { transaction } from '#server/domain/kernel/transaction';
import { joinEverybody } from '#server/domain/memberships/join-public-channels';
import { now } from '#server/platform/clock';
import type { Transaction } from '#server/platform/database';

/** Behind all that the settings list, however many those are; among themselves by id. */
const AFTER_CONFIGURED = 1_000_000;

/**
 * Opens a public channel with everybody in it. Refuses `forbidden` `not_an_administrator`, `invalid` as
 * `publicChannelName` and `channelTopic` do, `conflict` `name_taken`.
 */
export async function createPublicChannel(
  actor: Actor,
  input: { name: string; topic?: string | null },
): Promise<ChannelView> {
  const channel = await transaction(async (db) => {
    await lockPublicChannels(db);
    await holdAdministrator(db, actor);
    const name = publicChannelName(input.name);
    const topic = channelTopic(input.topic);
    refuseTakenName(await readPublicChannels(db), name);
    const { id } = await addPublicChannel(db, {
      name,
      topic,
      position: AFTER_CONFIGURED,
      createdById: actor.accountId,
    });
    await recordAudit(db, actor, {
      action: 'channel.create',
      targetType: 'channel',
      targetId: id,
      metadata: { name },
    });
    return (await readPublicChannels(db)).find((one) => one.id === id) as ChannelView;
  });
  forgetPublicChannels();
  return channel;
}

type Draft = {
  name: string;
  position: number;
  configuredName?: string;
  topic?: string | null;
  createdById?: number;
};

/** A public channel with everybody in it, and its event. Under `lockPublicChannels`. */
export async function addPublicChannel(db: Transaction, draft: Draft): Promise<{ id: number }> {
  const row = await db.conversation.create({
    data: {
      ...draft,
      kind: 'channel',
      visibility: 'public',
      community: { connect: await homeCommunity(db) },
      createdAt: now(),
    },
    select: { id: true },
  });
  const conversationId = Number(row.id);
  await joinEverybody(db, conversationId);
  await publish(db, { conversationId }, { type: 'conversation_created', conversationId });
  return { id: conversationId };
}
