import {
  forgetPublicChannels,
  lockPublicChannels,
  type PublicChannel,
} from '#server/domain/channels/public-channels';
import { homeCommunity } from '#server/domain/conversations/home-community';
import { publish } from '#server/domain/kernel/publish';
import { transaction } from '#server/domain/kernel/transaction';
import { joinEverybody } from '#server/domain/memberships/join-public-channels';
import { now } from '#server/platform/clock';
import { plain, type Transaction } from '#server/platform/database';
import { settings } from '#server/platform/settings';

type Configured = PublicChannel & { position: number; archived: boolean };

/**
 * Makes the public channels what the settings list, in that order. New ones get everybody as a member; those no
 * longer listed are archived with all they hold, and come back as they were once they are listed again. Safe to
 * run in several processes at once.
 */
export async function syncPublicChannels(): Promise<void> {
  const names = [
    ...new Set(
      settings()
        .channels.map((name) => name.trim())
        .filter(Boolean),
    ),
  ];
  await transaction(async (db) => {
    await lockPublicChannels(db);
    const existing = await configuredChannels(db);
    for (const [position, name] of names.entries()) {
      const channel = existing.find((one) => one.name === name);
      if (!channel) await addChannel(db, name, position);
      else if (channel.archived || channel.position !== position) await placeChannel(db, channel, position);
    }
    for (const channel of existing) {
      if (!channel.archived && !names.includes(channel.name)) await archiveChannel(db, channel);
    }
  });
  forgetPublicChannels();
}

async function configuredChannels(db: Transaction): Promise<Configured[]> {
  const rows = await db.conversation.findMany({
    where: { configuredName: { not: null } },
    select: { id: true, configuredName: true, position: true, archivedAt: true },
  });
  return plain(rows).map(({ id, configuredName, position, archivedAt }) => ({
    id,
    name: configuredName as string,
    position,
    archived: archivedAt !== null,
  }));
}

async function addChannel(db: Transaction, name: string, position: number): Promise<void> {
  const { id } = await db.conversation.create({
    data: {
      kind: 'channel',
      visibility: 'public',
      name,
      configuredName: name,
      position,
      community: { connect: await homeCommunity(db) },
      createdAt: now(),
    },
    select: { id: true },
  });
  const conversationId = Number(id);
  await joinEverybody(db, conversationId);
  await publish(db, { conversationId }, { type: 'conversation_created', conversationId });
}

async function placeChannel(db: Transaction, { id, archived }: Configured, position: number): Promise<void> {
  await db.conversation.update({ where: { id }, data: { position, archivedAt: null }, select: { id: true } });
  // who came while it was away is not a member yet
  if (archived) await joinEverybody(db, id);
  await publish(db, { conversationId: id }, { type: 'conversation_changed', conversationId: id });
}

async function archiveChannel(db: Transaction, { id }: Configured): Promise<void> {
  await db.conversation.update({ where: { id }, data: { archivedAt: now() }, select: { id: true } });
  await publish(db, { conversationId: id }, { type: 'conversation_changed', conversationId: id });
}
