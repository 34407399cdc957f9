import { addPublicChannel } from '#server/domain/channels/create-public-channel';
import { forgetPublicChannels, lockPublicChannels } from '#server/domain/channels/public-channels';
import { publish } from '#server/domain/kernel/publish';
import { transaction } from '#server/domain/kernel/transaction';
import { joinEverybody } from '#server/domain/memberships/join-public-channels';
import { now } from '#server/platform/clock';
import { plain, type Transaction } from '#server/platform/database';
import { settings } from '#server/platform/settings';

type Row = {
  id: number;
  name: string;
  configuredName: string | null;
  position: number;
  archived: boolean;
  deleted: boolean;
};

/**
 * Makes the public channels what the settings list, in that order, and leaves those made in the app behind them. New
 * ones get everybody as a member; those no longer listed are archived with all they hold, and come back as they were
 * once they are listed again. A channel made in the app becomes the one that is listed by its name. What an
 * administrator has deleted stays so until the settings have been without it. Safe to run in several processes at
 * once.
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
    await releaseUnlisted(db, names);
    for (const [position, name] of names.entries()) await settle(db, name, position, names);
  });
  forgetPublicChannels();
}

/** First, so that a name is free for whoever is listed by it now. */
async function releaseUnlisted(db: Transaction, names: readonly string[]): Promise<void> {
  for (const { id, configuredName, archived, deleted, name } of await readChannels(db)) {
    if (configuredName === null || names.includes(configuredName)) continue;
    // it may come back under the name that it was given in the app
    if (deleted || (!archived && names.includes(name))) await setKey(db, id, null);
    else if (!archived) await archiveChannel(db, id);
  }
}

async function settle(
  db: Transaction,
  name: string,
  position: number,
  names: readonly string[],
): Promise<void> {
  const channels = await readChannels(db);
  const listed = channels.find(({ configuredName }) => configuredName === name);
  const live = channels.find((one) => one.name === name && !one.archived);
  if (listed && !listed.archived) return placeChannel(db, listed, position);
  if (live) {
    // listed twice: by its key, which has its place already or gets it, and by what it is called now
    if (live.configuredName !== null && names.includes(live.configuredName)) return;
    if (listed) await setKey(db, listed.id, null);
    await setKey(db, live.id, name);
    return placeChannel(db, live, position);
  }
  if (listed?.deleted) return;
  if (listed) return bringBack(db, listed, position, channels);
  await addPublicChannel(db, { name, configuredName: name, position });
}

async function readChannels(db: Transaction): Promise<Row[]> {
  const rows = await db.conversation.findMany({
    where: { kind: 'channel', visibility: 'public' },
    select: {
      id: true,
      name: true,
      configuredName: true,
      position: true,
      archivedAt: true,
      deletedAt: true,
    },
    orderBy: { id: 'asc' },
  });
  return plain(rows).map(({ archivedAt, deletedAt, name, ...row }) => ({
    ...row,
    name: name ?? '',
    archived: archivedAt !== null,
    deleted: deletedAt !== null,
  }));
}

async function setKey(db: Transaction, id: number, configuredName: string | null): Promise<void> {
  await db.conversation.update({ where: { id }, data: { configuredName }, select: { id: true } });
}

async function placeChannel(db: Transaction, { id, position: before }: Row, position: number): Promise<void> {
  if (before === position) return;
  await db.conversation.update({ where: { id }, data: { position }, select: { id: true } });
  await publish(db, { conversationId: id }, { type: 'conversation_changed', conversationId: id });
}

/** With everybody in it: who came while it was away is not a member yet. */
async function bringBack(
  db: Transaction,
  { id, name: own, configuredName }: Row,
  position: number,
  channels: readonly Row[],
): Promise<void> {
  // what it was called in the app may be another's name by now, what it is listed by is not
  const isTaken = channels.some((one) => one.name === own && !one.archived);
  const name = isTaken ? (configuredName as string) : own;
  await db.conversation.update({
    where: { id },
    data: { name, position, archivedAt: null },
    select: { id: true },
  });
  await joinEverybody(db, id);
  await publish(db, { conversationId: id }, { type: 'conversation_changed', conversationId: id });
}

async function archiveChannel(db: Transaction, id: number): Promise<void> {
  await db.conversation.update({ where: { id }, data: { archivedAt: now() }, select: { id: true } });
  await publish(db, { conversationId: id }, { type: 'conversation_changed', conversationId: id });
}
