import type { Face } from '#server/domain/kernel/actor';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { lifetimeOf, type OpenedSession } from '#server/domain/sessions/session';
import { hashOfToken } from '#server/domain/sessions/session-token';
import { now } from '#server/platform/clock';
import { sql } from '#server/platform/database';

/**
 * Notes that a session is still in use and begins its lifetime anew. Its secret stays the same, so any number of
 * these may run side by side. Refuses `unauthenticated` `session` for a secret that is unknown, ended, expired, of
 * another face or of an account that is gone.
 */
export async function refreshSession(face: Face, token: string): Promise<OpenedSession> {
  const at = now();
  const rows = await sql<{ id: number }>(
    'sessions.refresh',
    `UPDATE session s SET last_used_at = $3, expires_at = $4
     FROM account a
     WHERE s.token_hash = $1 AND s.face = $2 AND s.expires_at > $3 AND a.id = s.account_id AND a.deleted_at IS NULL
     RETURNING s.id`,
    [hashOfToken(token), face, at, at + lifetimeOf(face)],
  );
  refuseUnless(rows[0], 'unauthenticated', 'session');
  return { id: rows[0].id, token };
}
