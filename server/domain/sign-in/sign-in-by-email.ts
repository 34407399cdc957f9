import { signIn } from '#server/domain/accounts/sign-in';
import type { SignedIn } from '#server/domain/accounts/sign-up';
import type { Device } from '#server/domain/sessions/session';
import { requireMode } from '#server/domain/sign-in/auth-mode';

/**
 * `signIn` for clients that ask for an address; who signed up with a username and has none gives that. Refuses as it
 * does, and `not_found` `sign_in_way` in another mode.
 */
export async function signInByEmail(
  { email, password }: { email: string; password: string },
  device: Device,
): Promise<SignedIn> {
  requireMode('password');
  return signIn({ username: email, password }, device);
}
