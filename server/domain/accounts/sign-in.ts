import type { SignedIn } from '#server/domain/accounts/sign-up';
import type { Device } from '#server/domain/sessions/session';

export async function signIn(
  _input: { username: string; password: string },
  _device: Device,
): Promise<SignedIn> {
  throw new Error('not written yet');
}
