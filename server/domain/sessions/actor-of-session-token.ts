import type { Actor, Face, InstanceRole } from '#server/domain/kernel/actor';
import { knownSessions } from '#server/domain/sessions/known-sessions';
import { lifetimeOf, USE_RECORDED_EVERY } from '#server/domain/sessions/session';
import { hashOfToken } from '#server/domain/sessions/session-token';
import { now } from '#server/platform/clock';
import { prisma, sql } from '#server/platform/database';

type SessionRow = {
  sessionId: number;
  face: Face;
  lastUsedAt: number;
  expiresAt: number;
  accountId: number;
  username: string;
  role: InstanceRole;
};

/**
 * On whose behalf the bearer of a session's token acts; null for unknown, ended and expired sessions and for
 * deleted accounts. Answered from memory for a few seconds after each look at the database.
 */
export async function actorOfSessionToken(token: string): Promise<Actor | null> {
  const tokenHash = hashOfToken(token);
  const key = tokenHash.toString('base64');
  const known = knownSessions.get(key);
  if (known) return known.expiresAt > now() ? known.actor : null;

  const mark = knownSessions.mark();
  const row = await findSession(tokenHash);
  if (!row) return null;
  const { sessionId, accountId, username, role, face } = row;
  const actor: Actor = { accountId, username, role, sessionId, face };
  const isDue = row.lastUsedAt <= now() - USE_RECORDED_EVERY;
  const expiresAt = isDue ? await recordUse(sessionId, face) : row.expiresAt;
  knownSessions.keep(mark, key, { actor, expiresAt });
  return actor;
}

/** Makes ended sessions worthless in this process at once; the hub calls it for those another process has ended. */
export function forgetSessions(sessionIds: readonly number[]): void {
  knownSessions.forgetSessions(sessionIds);
}

async function findSession(tokenHash: Buffer): Promise<SessionRow | undefined> {
  const rows = await sql<SessionRow>(
    'sessions.find',
    `SELECT s.id AS "sessionId", s.face, s.last_used_at AS "lastUsedAt", s.expires_at AS "expiresAt",
            a.id AS "accountId", a.username, a.role
     FROM session s JOIN account a ON a.id = s.account_id
     WHERE s.token_hash = $1 AND s.expires_at > $2 AND a.deleted_at IS NULL`,
    [tokenHash, now()],
  );
  return rows[0];
}

/** Begins the session's lifetime anew; returns its new end. */
async function recordUse(sessionId: number, face: Face): Promise<number> {
  const at = now();
  const expiresAt = at + lifetimeOf(face);
  // "many", because the session may have ended meanwhile
  await prisma.session.updateMany({ where: { id: sessionId }, data: { lastUsedAt: at, expiresAt } });
  return expiresAt;
}
