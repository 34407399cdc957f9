import type { InstanceRole } from '#server/domain/kernel/actor';
import { now } from '#server/platform/clock';
import { type Plain, type Prisma, plain, prisma } from '#server/platform/database';

/** What an access token says of whom it is for. Stamps. */
export type TokenHolder = {
  accountId: number;
  username: string;
  email: string | null;
  role: InstanceRole;
  /** makes the token worthless as soon as the account's is another */
  tokensValidFrom: number;
  sessionId: number | null;
  signedInAt: number;
  ip: string | null;
};

const fields = {
  id: true,
  username: true,
  email: true,
  role: true,
  tokensValidFrom: true,
} satisfies Prisma.AccountSelect;

type AccountRow = Plain<Prisma.AccountGetPayload<{ select: typeof fields }>>;

/** Whom an open session is for; null if it has ended meanwhile. For making tokens of a session just proved. */
export async function unscopedTokenHolder(sessionId: number): Promise<TokenHolder | null> {
  const row = await prisma.session.findUnique({
    where: { id: sessionId, account: { deletedAt: null } },
    select: { createdAt: true, ip: true, account: { select: fields } },
  });
  if (!row) return null;
  const { account, createdAt, ip } = plain(row);
  return present(account, { sessionId, signedInAt: createdAt, ip });
}

/** An account as the holder of a token that no session stands behind. */
export async function unscopedAccountHolder(accountId: number): Promise<TokenHolder | null> {
  const row = await prisma.account.findUnique({ where: { id: accountId, deletedAt: null }, select: fields });
  return row && present(plain(row), { sessionId: null, signedInAt: now(), ip: null });
}

function present(
  { id, username, ...facts }: AccountRow,
  signIn: Pick<TokenHolder, 'sessionId' | 'signedInAt' | 'ip'>,
): TokenHolder {
  return { accountId: id, username: username ?? '', ...facts, ...signIn };
}
