import { couldBeUsername } from '#server/domain/accounts/username';
import { channelName } from '#server/domain/conversations/channel-name';
import { homeCommunity } from '#server/domain/conversations/home-community';
import type { Actor } from '#server/domain/kernel/actor';
import { publish } from '#server/domain/kernel/publish';
import { transaction } from '#server/domain/kernel/transaction';
import { now } from '#server/platform/clock';
import type { Transaction } from '#server/platform/database';

/** Founding members by name (any letter case) or by id, or both; who doesn't exist is left out. */
export type CreatePrivateChannel = {
  name: string;
  usernames?: readonly string[];
  accountIds?: readonly number[];
};

/**
 * Founds a private channel; the actor is always in it, and its founders see all of its history. Several may bear
 * one name. Refuses as `channelName` does.
 */
export async function createPrivateChannel(
  actor: Actor,
  input: CreatePrivateChannel,
): Promise<{ id: number; name: string }> {
  const name = channelName(input.name);
  return transaction(async (db) => {
    const createdAt = now();
    const founders = await findFounders(db, actor, input);
    const community = { connect: await homeCommunity(db) };
    const { id } = await db.conversation.create({
      data: { kind: 'channel', name, community, createdById: actor.accountId, createdAt },
      select: { id: true },
    });
    const conversationId = Number(id);
    await db.membership.createMany({
      data: founders.map((accountId) => ({
        conversationId,
        accountId,
        joinedAt: createdAt,
        role: accountId === actor.accountId ? 'owner' : 'member',
      })),
    });
    await publish(db, { conversationId }, { type: 'conversation_created', conversationId });
    return { id: conversationId, name };
  });
}

/** Account ids without repeats, the actor's among them. */
async function findFounders(
  db: Transaction,
  actor: Actor,
  { usernames = [], accountIds = [] }: CreatePrivateChannel,
): Promise<number[]> {
  const rows = await db.account.findMany({
    where: {
      deletedAt: null,
      OR: [
        { id: { in: [actor.accountId, ...accountIds] } },
        { username: { in: usernames.map((name) => name.trim()).filter(couldBeUsername) } },
      ],
    },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  return rows.map((row) => Number(row.id));
}
