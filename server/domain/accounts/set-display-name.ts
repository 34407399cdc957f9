import { nextRenaming } from '#server/domain/accounts/renaming';
import type { Actor } from '#server/domain/kernel/actor';
import { plainName } from '#server/domain/kernel/plain-name';
import { publish } from '#server/domain/kernel/publish';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';

const LONGEST = 64;

/**
 * Lets the actor be shown under another name, trimmed. Refuses `invalid` `display_name` as `plainName` does, and
 * `conflict` `name_taken` for what somebody else is shown as or signs in as; nobody can take a name meanwhile.
 */
export async function setDisplayName(actor: Actor, raw: string): Promise<void> {
  const { accountId, username } = actor;
  const name = plainName(raw, { limit: LONGEST, reason: 'display_name' });
  await transaction(async (db) => {
    const renamedAt = await nextRenaming(db);
    const taken = await db.$queryRaw<unknown[]>`
      SELECT 1 FROM account WHERE id <> ${accountId} AND deleted_at IS NULL
        AND (display_name = ${name} OR username::text = ${name}) LIMIT 1`;
    refuseUnless(taken.length === 0, 'conflict', 'name_taken');
    const displayName = name === username ? null : name;
    await db.account.update({
      where: { id: accountId },
      data: { displayName, renamedAt },
      select: { id: true },
    });
    await publish(db, 'everyone', { type: 'account_changed', accountId });
  });
}
