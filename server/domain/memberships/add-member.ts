import { personFields, presentPerson } from '#server/domain/accounts/account';
import { couldBeUsername } from '#server/domain/accounts/username';
import type { Actor, Person } from '#server/domain/kernel/actor';
import { publish } from '#server/domain/kernel/publish';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import { lockPrivateChannel } from '#server/domain/memberships/lock-private-channel';
import { postNotice } from '#server/domain/messages/post-notice';
import { now } from '#server/platform/clock';
import { type Db, plain, type Transaction } from '#server/platform/database';

/** `username` in any letter case. */
export type AddMember = { conversationId: number; username: string };

/**
 * Takes somebody into a private channel, which every member may do, and says so there. The newcomer sees nothing
 * from before. Refuses `invalid` `blank`, `not_found` `account`, `conflict` `already_member`, and as
 * `lockPrivateChannel` does.
 */
export async function addMember(actor: Actor, { conversationId, username }: AddMember): Promise<void> {
  refuseUnless(username.trim() !== '', 'invalid', 'blank');
  await transaction(async (db) => {
    await lockPrivateChannel(db, actor, conversationId);
    const person = await findPersonOrNull(db, username.trim());
    refuseUnless(person, 'not_found', 'account');
    const joined = await joinAtTheEnd(db, conversationId, person.id);
    refuseUnless(joined, 'conflict', 'already_member');
    await publish(db, { conversationId }, { type: 'member_joined', conversationId, accountId: person.id });
    await postNotice(db, conversationId, `${actor.username} has added ${person.name}`);
  });
}

async function findPersonOrNull(db: Db, username: string): Promise<Person | null> {
  if (!couldBeUsername(username)) return null;
  const row = await db.account.findUnique({ where: { username }, select: personFields });
  return row && presentPerson(plain(row));
}

/** Under the conversation's lock: what is there now is history the newcomer neither sees nor has to read. */
async function joinAtTheEnd(db: Transaction, conversationId: number, accountId: number): Promise<boolean> {
  const rows = await db.$executeRaw`
    INSERT INTO membership (conversation_id, account_id, joined_at, history_start, read_seq, read_ordinal, read_stamp)
    SELECT id, ${accountId}::bigint, ${now()}::bigint, last_seq, last_seq, last_ordinal, last_sent_at
    FROM conversation WHERE id = ${conversationId}
    ON CONFLICT DO NOTHING`;
  return rows > 0;
}
