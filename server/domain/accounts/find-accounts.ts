import { type AccountView, accountFields, presentAccount } from '#server/domain/accounts/account';
import { plain, prisma } from '#server/platform/database';

/** The accounts of these ids, ascending; those that are deleted or don't exist are missing. Everybody may see them. */
export async function findAccounts(ids: readonly number[]): Promise<AccountView[]> {
  const rows = await prisma.account.findMany({
    where: { id: { in: [...ids] }, deletedAt: null },
    select: accountFields,
    orderBy: { id: 'asc' },
  });
  return plain(rows).map(presentAccount);
}
