import { publish } from '#server/domain/kernel/publish';
import { serverName } from '#server/domain/server/server-name';
import type { Transaction } from '#server/platform/database';

/** Tells everyone that the server's name or the ways to sign in are no longer what they were. */
export async function publishServerChanged(db: Transaction): Promise<void> {
  await publish(db, 'everyone', { type: 'server_changed', name: await serverName(db) });
}
