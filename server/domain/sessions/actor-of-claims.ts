import type { Actor, Face, InstanceRole } from '#server/domain/kernel/actor';
import { knownSessions } from '#server/domain/sessions/known-sessions';
import { now } from '#server/platform/clock';
import { sql } from '#server/platform/database';

/** What a verified access token claims: an account, the session it was made for, and under which stamp. */
export type TokenClaims = {
  accountId: number;
  sessionId: number | null;
  tokensValidFrom: number;
  face: Face;
};

type Row = { username: string; role: InstanceRole; tokensValidFrom: number; sessionId: number | null };

/**
 * On whose behalf the bearer of an access token acts; null if the account is gone or has made its tokens worthless
 * (password changed, signed out everywhere). The token may outlive its session: then `sessionId` is null. Its
 * signature and expiry are the caller's business. Answered from memory for a few seconds, like `actorOfSessionToken`.
 */
export async function actorOfClaims(claims: TokenClaims): Promise<Actor | null> {
  const { accountId, sessionId, tokensValidFrom, face } = claims;
  const key = `${face}:${accountId}:${sessionId}:${tokensValidFrom}`;
  const known = knownSessions.get(key);
  if (known) return known.actor;

  const mark = knownSessions.mark();
  const [row] = await sql<Row>(
    'sessions.of-claims',
    `SELECT a.username, a.role, a.tokens_valid_from AS "tokensValidFrom", s.id AS "sessionId"
     FROM account a LEFT JOIN session s ON s.id = $2 AND s.account_id = a.id AND s.expires_at > $3
     WHERE a.id = $1 AND a.deleted_at IS NULL`,
    [accountId, sessionId, now()],
  );
  if (row?.tokensValidFrom !== tokensValidFrom) return null;
  const actor: Actor = {
    accountId,
    username: row.username,
    role: row.role,
    sessionId: row.sessionId,
    face,
  };
  // the token's own expiry is checked at every use
  knownSessions.keep(mark, key, { actor, expiresAt: Number.MAX_SAFE_INTEGER });
  return actor;
}
