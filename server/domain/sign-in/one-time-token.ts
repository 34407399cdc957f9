import { randomBytes } from 'node:crypto';
import { hashOfToken } from '#server/domain/sessions/session-token';
import { now } from '#server/platform/clock';
import { type Db, plain, type Transaction } from '#server/platform/database';
import { loginSettings } from '#server/platform/settings';

/** What a mailed secret is good for. */
export type TokenPurpose = 'magic_link' | 'set_password' | 'confirm_email';

/** `email` as `normalEmail` makes it. */
export type TokenSubject = { purpose: TokenPurpose; email: string };

const SECOND = 1_000_000;

/** When a token that is issued now stops working, as a stamp. */
export function tokenExpiry(): number {
  return now() + loginSettings().auth.magicLinkExpirySeconds * SECOND;
}

/** A new secret for an address (64 hexadecimal digits); the one before it is void, also of two issued at once. */
export async function issueToken(
  db: Transaction,
  { purpose, email }: TokenSubject,
  accountId: number | null,
): Promise<string> {
  const token = randomBytes(32).toString('hex');
  const fresh = { tokenHash: hashOfToken(token), accountId, createdAt: now(), expiresAt: tokenExpiry() };
  await db.oneTimeToken.deleteMany({ where: { expiresAt: { lte: now() } } });
  await db.oneTimeToken.upsert({
    where: { purpose_email: { purpose, email } },
    create: { purpose, email, ...fresh },
    update: fresh,
    select: { id: true },
  });
  return token;
}

/** Whether a token would work: saves a slow hash, decides nothing. */
export async function isRedeemable(db: Db, subject: TokenSubject, token: string): Promise<boolean> {
  return (await db.oneTimeToken.count({ where: matching(subject, token) })) > 0;
}

/**
 * Uses a token up; null if it does not work. Of several who use it at once one gets it, and if their transaction
 * fails it is as if nobody had.
 */
export async function redeemToken(
  db: Transaction,
  { purpose, email }: TokenSubject,
  token: string,
): Promise<{ accountId: number | null } | null> {
  const rows = await db.$queryRaw<{ accountId: number | null }[]>`
    DELETE FROM one_time_token
    WHERE purpose = ${purpose} AND email = ${email}::citext AND token_hash = ${hashOfToken(token)}
      AND expires_at > ${now()}
    RETURNING account_id AS "accountId"`;
  return plain(rows)[0] ?? null;
}

function matching({ purpose, email }: TokenSubject, token: string) {
  return { purpose, email, tokenHash: hashOfToken(token), expiresAt: { gt: now() } };
}
