import { hkdfSync } from 'node:crypto';
import { sessionSecret } from '#server/auth/session-secret';
import { processSingleton } from '#server/platform/process-singleton';
import { settings } from '#server/platform/settings';

/**
 * What access tokens are signed with: `auth.jwtSecret` of the settings, else derived from the secret of session
 * cookies, which thereby signs nothing itself.
 */
export function tokenSecret(): Uint8Array {
  return processSingleton('auth.token-secret', () => {
    const { jwtSecret } = settings().auth;
    if (jwtSecret !== null) return new TextEncoder().encode(jwtSecret);
    return new Uint8Array(hkdfSync('sha256', sessionSecret(), '', 'parley mikrochat access tokens', 32));
  });
}
