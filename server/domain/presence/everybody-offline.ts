import { prisma } from '#server/platform/database';

/** At the start of the server: nobody is connected yet, and what they chose to be seen as ended with the last run. */
export async function everybodyOffline(): Promise<void> {
  await prisma.presence.updateMany({ data: { state: 'offline', override: null } });
}
