import type { Headerish } from '#server/auth/headers';
import { tokenOfCookies } from '#server/auth/session-cookie';
import type { Actor } from '#server/domain/kernel/actor';
import { actorOfSessionToken } from '#server/domain/sessions/actor-of-session-token';

/** Who asks, by their session cookie; null for visitors. */
export async function requestActor(headers: Headerish): Promise<Actor | null> {
  const token = await tokenOfCookies(headers.get('cookie'));
  return token === null ? null : actorOfSessionToken(token);
}
