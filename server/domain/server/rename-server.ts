import { holdAdministrator } from '#server/domain/accounts/administration';
import { recordAudit } from '#server/domain/audit/record-audit';
import type { Actor } from '#server/domain/kernel/actor';
import { plainName } from '#server/domain/kernel/plain-name';
import { transaction } from '#server/domain/kernel/transaction';
import { publishServerChanged } from '#server/domain/server/server-changed';

/**
 * Gives the server another name, which everybody sees in every face; answers it as it is kept. Refuses `forbidden`
 * `not_an_administrator`, `invalid` `server_name` as `plainName` does.
 */
export async function renameServer(actor: Actor, raw: string): Promise<string> {
  return transaction(async (db) => {
    await holdAdministrator(db, actor);
    const name = plainName(raw, { limit: 100, reason: 'server_name' });
    await db.community.updateMany({ where: { isHome: true }, data: { name } });
    await publishServerChanged(db);
    await recordAudit(db, actor, {
      action: 'server.settings.update',
      targetType: 'server',
      metadata: { name },
    });
    return name;
  });
}
