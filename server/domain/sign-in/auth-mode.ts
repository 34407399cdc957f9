import { refuseUnless } from '#server/domain/kernel/refusal';
import { env } from '#server/platform/env';
import { loginSettings } from '#server/platform/settings';
import type { AuthMode } from '#server/platform/settings-schema';

/**
 * How people prove who they are. Production never trusts an address without proof, whatever the settings have become
 * while it ran: then it is `password`.
 */
export function authMode(): AuthMode {
  const { authMode } = loginSettings().auth;
  return authMode === 'dev' && env().NODE_ENV === 'production' ? 'password' : authMode;
}

/** Refuses `not_found` `sign_in_way` unless this is the way in at the moment. */
export function requireMode(mode: AuthMode): void {
  refuseUnless(authMode() === mode, 'not_found', 'sign_in_way');
}

/** Throws if the settings ask for what must never face anybody but a developer. For the start of the process. */
export function refuseUnsafeMode(): void {
  if (env().NODE_ENV === 'production' && loginSettings().auth.authMode === 'dev') {
    throw new Error(
      'auth.authMode is "dev": anybody could sign in as anybody. It is for development only; choose "password" or "magic-link".',
    );
  }
}
