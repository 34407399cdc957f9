import type { AccountView } from '#server/domain/accounts/account';
import { normalEmail } from '#server/domain/accounts/email';
import type { SignedIn } from '#server/domain/accounts/sign-up';
import { isRefusal, refuse, refuseUnless } from '#server/domain/kernel/refusal';
import { transaction } from '#server/domain/kernel/transaction';
import type { Device } from '#server/domain/sessions/session';
import { accountOfProvenEmail, admit, type Proven } from '#server/domain/sign-in/admit';
import { requireMode } from '#server/domain/sign-in/auth-mode';
import type { Transaction } from '#server/platform/database';

/**
 * The account of an address, without any proof, and without a session; made if there is none. Only in the mode for
 * developers. Refuses `invalid` `email`, `unauthenticated` `not_invited`, and `not_found` `sign_in_way` in another
 * mode.
 */
export async function devAccount({ email }: { email: string }): Promise<AccountView> {
  const address = addressOf(email);
  const { account } = await transaction((db) => invited(db, address));
  return account;
}

/** The same with a session, for faces that need one. */
export async function devSignIn({ email }: { email: string }, device: Device): Promise<SignedIn> {
  const address = addressOf(email);
  return admit(device, (db) => invited(db, address));
}

function addressOf(email: string): string {
  requireMode('dev');
  const address = normalEmail(email);
  refuseUnless(address, 'invalid', 'email');
  return address;
}

async function invited(db: Transaction, email: string): Promise<Proven> {
  try {
    return await accountOfProvenEmail(db, email);
  } catch (error) {
    if (isRefusal(error) && error.reason === 'invite_required') refuse('unauthenticated', 'not_invited');
    throw error;
  }
}
