import type { AccountView } from '#server/domain/accounts/account';
import type { Device, OpenedSession } from '#server/domain/sessions/session';

/** All as typed; the username is trimmed here. */
export type SignUp = { username: string; password: string; confirmation: string };

export type SignedIn = { account: AccountView; session: OpenedSession };

export async function signUp(_input: SignUp, _device: Device): Promise<SignedIn> {
  throw new Error('not written yet');
}
