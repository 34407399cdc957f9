import { refuseUnless } from '#server/domain/kernel/refusal';
import { type Db, plain, prisma, type Transaction } from '#server/platform/database';
import { processSingleton } from '#server/platform/process-singleton';

export type PublicChannel = { id: number; name: string };

/** Names are looked up with every request of some faces, and change only when a server starts. */
const KEPT_FOR_MS = 5_000;

const kept = processSingleton('channels.public', () => ({ until: 0, channels: [] as PublicChannel[] }));

/** The public channels in the order of the settings. Everybody is a member of each. May be seconds old. */
export async function publicChannels(): Promise<PublicChannel[]> {
  if (performance.now() >= kept.until) {
    kept.channels = await readPublicChannels(prisma);
    kept.until = performance.now() + KEPT_FOR_MS;
  }
  return kept.channels;
}

/** By its configured name, letter case included. Refuses `not_found` `conversation`. */
export async function findPublicChannel(name: string): Promise<PublicChannel> {
  const channel = (await publicChannels()).find((one) => one.name === name);
  refuseUnless(channel, 'not_found', 'conversation');
  return channel;
}

/** Where newcomers are greeted; null before any public channel exists. */
export async function firstPublicChannel(db: Db): Promise<PublicChannel | null> {
  return (await readPublicChannels(db))[0] ?? null;
}

/** After a change of the list in this process. */
export function forgetPublicChannels(): void {
  kept.until = 0;
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

async function readPublicChannels(db: Db): Promise<PublicChannel[]> {
  const rows = await db.conversation.findMany({
    where: { configuredName: { not: null }, archivedAt: null },
    select: { id: true, configuredName: true },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
  });
  return plain(rows).map((row) => ({ id: row.id, name: row.configuredName as string }));
}
