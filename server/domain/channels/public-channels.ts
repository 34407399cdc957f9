import { type ChannelView, channelFields, PUBLIC, presentChannel } from '#server/domain/channels/channel';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { type Db, plain, prisma, type Transaction } from '#server/platform/database';
import { processSingleton } from '#server/platform/process-singleton';

/** Channels are looked up with every request of some faces, and change seldom. */
const KEPT_FOR_MS = 5_000;

const kept = processSingleton('channels.public', () => ({
  until: 0,
  channels: [] as ChannelView[],
  /** how often the list was forgotten: what was read before the last time is not kept */
  forgotten: 0,
}));

/**
 * The public channels in their order: those of the settings, then those made in the app. Everybody is a member of
 * each, and the first is the default channel. Changes made elsewhere are known when the hub hears of them.
 */
export async function publicChannels(): Promise<ChannelView[]> {
  if (performance.now() < kept.until) return kept.channels;
  const { forgotten } = kept;
  const channels = await readPublicChannels(prisma);
  if (forgotten === kept.forgotten) {
    kept.channels = channels;
    kept.until = performance.now() + KEPT_FOR_MS;
  }
  return channels;
}

/** By its name, letter case included. Refuses `not_found` `conversation`. */
export async function findPublicChannel(name: string): Promise<ChannelView> {
  const channel = (await publicChannels()).find((one) => one.name === name);
  refuseUnless(channel, 'not_found', 'conversation');
  return channel;
}

/** Refuses `not_found` `conversation`. */
export async function findPublicChannelById(id: number): Promise<ChannelView> {
  const channel = (await publicChannels()).find((one) => one.id === id);
  refuseUnless(channel, 'not_found', 'conversation');
  return channel;
}

/** Where newcomers are greeted; null before any public channel exists. */
export async function firstPublicChannel(db: Db): Promise<ChannelView | null> {
  return (await readPublicChannels(db))[0] ?? null;
}

/** After a change of the list: by this process once it is committed, by another when the hub hears of it. */
export function forgetPublicChannels(): void {
  kept.until = 0;
  kept.forgotten++;
}

/** Advisory locks share one space of numbers in the database; this one is arbitrary and must stay. */
const PUBLIC_CHANNELS_LOCK = 7_202;

/** Until the transaction ends no public channel comes or goes: a new account must miss none. */
export async function holdPublicChannels(db: Transaction): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock_shared(${PUBLIC_CHANNELS_LOCK})`;
}

/** Until the transaction ends nobody else changes the public channels, and no account is being added. */
export async function lockPublicChannels(db: Transaction): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(${PUBLIC_CHANNELS_LOCK})`;
}

/** The list as it is now. Under `lockPublicChannels` it stays so. */
export async function readPublicChannels(db: Db): Promise<ChannelView[]> {
  const rows = plain(
    await db.conversation.findMany({
      where: PUBLIC,
      select: channelFields,
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
    }),
  );
  return rows.map((row) => presentChannel(row, rows[0]?.id ?? null));
}

/** These channels, public and private, as they are now; archived ones are missing. Nothing here asks who may see them. */
export async function unscopedChannels(ids: readonly number[]): Promise<ChannelView[]> {
  const [rows, first] = await Promise.all([
    prisma.conversation.findMany({
      where: { id: { in: [...ids] }, kind: 'channel', archivedAt: null },
      select: channelFields,
    }),
    firstPublicChannel(prisma),
  ]);
  return plain(rows).map((row) => presentChannel(row, first?.id ?? null));
}
