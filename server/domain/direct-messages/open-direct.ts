import { directKey } from '#server/domain/direct-messages/direct-key';
import type { Actor } from '#server/domain/kernel/actor';
import { publish } from '#server/domain/kernel/publish';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { now } from '#server/platform/clock';
import { type Db, prisma, type Transaction } from '#server/platform/database';

/** `isNew` for whoever made it: of several who open it at once, for one of them. */
export type OpenedDirect = { conversationId: number; isNew: boolean };

/** The id of the conversation that `openOrMakeDirect` opens. */
export async function openDirect(actor: Actor, accountIds: readonly number[]): Promise<number> {
  return (await openOrMakeDirect(actor, accountIds)).conversationId;
}

/**
 * The one direct conversation of the actor and these people, made if need be and shown to the actor even if they had
 * closed it. A new one is hidden from the others until something is sent: the message announces it to them, except
 * where a face lists whatever there is. Refuses `invalid` `too_few_people` (nobody but the actor) and `not_found`
 * `account`.
 */
export async function openOrMakeDirect(actor: Actor, accountIds: readonly number[]): Promise<OpenedDirect> {
  const people = [...new Set([actor.accountId, ...accountIds])];
  refuseUnless(people.length >= 2, 'invalid', 'too_few_people');
  const key = directKey(people);
  const known = await findByKey(prisma, key);
  const opened = known
    ? { conversationId: known, isNew: false }
    : await transaction((db) => create(db, actor, people, key));
  await show(actor, opened.conversationId);
  return opened;
}

async function findByKey(db: Db, key: string): Promise<number | null> {
  const row = await db.conversation.findUnique({ where: { directKey: key }, select: { id: true } });
  return row && Number(row.id);
}

/** Of several who open the same conversation at once, one makes it and the others find it. */
async function create(db: Transaction, actor: Actor, people: number[], key: string): Promise<OpenedDirect> {
  const known = await db.account.count({ where: { id: { in: people }, deletedAt: null } });
  refuseUnless(known === people.length, 'not_found', 'account');
  const at = now();
  const [made] = await db.conversation.createManyAndReturn({
    // the stamp is spent on hiding it from the others: whatever is sent comes after
    data: [{ kind: 'direct', directKey: key, createdById: actor.accountId, createdAt: at, lastStamp: at }],
    select: { id: true },
    skipDuplicates: true,
  });
  if (!made) return { conversationId: (await findByKey(db, key)) as number, isNew: false };
  const conversationId = Number(made.id);
  await db.membership.createMany({
    data: people.map((accountId) => ({
      conversationId,
      accountId,
      joinedAt: at,
      hiddenAt: accountId === actor.accountId ? null : at,
    })),
  });
  await publish(db, { accountIds: people }, { type: 'conversation_created', conversationId });
  return { conversationId, isNew: true };
}

/** Takes back that the actor closed it, if nothing that was sent since has done so already. */
async function show(actor: Actor, conversationId: number): Promise<void> {
  const { accountId } = actor;
  await transaction(async (db) => {
    const shown = await db.$executeRaw`
      UPDATE membership m SET hidden_at = NULL FROM conversation c
      WHERE m.conversation_id = ${conversationId} AND m.account_id = ${accountId}
        AND c.id = m.conversation_id AND m.hidden_at >= c.last_sent_at`;
    if (shown === 0) return;
    const event = { type: 'conversation_hidden', conversationId, accountId, hidden: false } as const;
    await publish(db, { accountIds: [accountId] }, event);
  });
}
