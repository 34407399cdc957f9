// People and sessions made by the real rules, with everything that belongs to them, but without the slow hash of a
// password: made with the cheapest parameters there are, it is checked as fast.

import { hashSync } from '@node-rs/argon2';
import { addAccount } from '#server/domain/accounts/add-account';
import { syncPublicChannels } from '#server/domain/channels/sync-public-channels';
import type { Actor } from '#server/domain/kernel/actor';
import { transaction } from '#server/domain/kernel/transaction';
import { openSession } from '#server/domain/sessions/open-session';
import type { Device } from '#server/domain/sessions/session';
import { prisma } from '#server/platform/database';
import { settings } from '#server/platform/settings';

/** Everybody's. */
export const PASSWORD = 'Passw0rd!';
const passwordHash = hashSync(PASSWORD, { memoryCost: 8, timeCost: 1, parallelism: 1 });

export const BROWSER: Device = { face: 'web', userAgent: 'Mozilla/5.0', ip: '127.0.0.1' };

/** Makes these the public channels, as a server that starts with such settings does. */
export async function openChannels(...names: string[]): Promise<void> {
  settings().channels = names;
  await syncPublicChannels();
}

/** Somebody behind whom a session's row stands. */
export type SignedInActor = Actor & { sessionId: number };

/** Somebody who has just signed up, with a session. */
export async function newcomer(username: string): Promise<SignedInActor> {
  return transaction(async (db) => {
    const account = await addAccount(db, { username, passwordHash });
    const { role } = await db.account.findUniqueOrThrow({
      where: { id: account.id },
      select: { role: true },
    });
    const session = await openSession(db, account.id, BROWSER);
    return { accountId: account.id, username, role, sessionId: session.id, face: BROWSER.face };
  });
}

/** Several at once, in this order. */
export async function newcomers<Names extends string[]>(
  ...usernames: Names
): Promise<{ [Place in keyof Names]: SignedInActor }> {
  const actors: SignedInActor[] = [];
  for (const username of usernames) actors.push(await newcomer(username));
  return actors as { [Place in keyof Names]: SignedInActor };
}

/** Another session of the same person; its token as well. */
export async function signedInAgain(actor: Actor): Promise<{ actor: SignedInActor; token: string }> {
  const session = await transaction((db) => openSession(db, actor.accountId, BROWSER));
  return { actor: { ...actor, sessionId: session.id }, token: session.token };
}

/** The account's row. */
export async function accountOf(actor: Actor) {
  return prisma.account.findUniqueOrThrow({ where: { id: actor.accountId } });
}
