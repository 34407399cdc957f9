import type { SignedIn } from '#server/domain/accounts/sign-up';
import { isRefusal, refuse, refuseUnless } from '#server/domain/kernel/refusal';
import { limitOAuth } from '#server/domain/oauth/limit-oauth';
import { type OAuthState, redeemState } from '#server/domain/oauth/oauth-state';
import type { Profile } from '#server/domain/oauth/profile';
import { profileOfCode } from '#server/domain/oauth/provider-client';
import { findOAuthProvider } from '#server/domain/oauth/providers';
import { notingRefusals } from '#server/domain/sessions/note-refusals';
import type { Device } from '#server/domain/sessions/session';
import { accountOfProvenEmail, admit } from '#server/domain/sign-in/admit';
import { log } from '#server/platform/log';

/** What a browser brought back from a provider. */
export type OAuthReturn = {
  providerId: string;
  state: string | null;
  code: string | null;
  /** the provider's own word for why there is no code */
  error: string | null;
};

export type FinishedOAuth = SignedIn & Pick<OAuthState, 'destination' | 'nextPath'>;

/**
 * Signs in whoever a provider vouches for, by their verified address, and makes them an account if they have none.
 * `isOurBrowser` says whether it is the browser that was sent there; who came from the web app must be, or a stranger
 * could sign somebody in as themselves by a link.
 *
 * Refuses `not_found` `provider`, `rate_limited` `too_many_attempts`, `forbidden` `oauth_state` (missing, unknown,
 * used, expired, another provider's, address's or browser's), `oauth_provider` (it said no), `oauth_exchange` (it
 * could not be asked), `oauth_no_email` (none that it has verified) and `invite_required`.
 */
export function finishOAuth(
  brought: OAuthReturn,
  device: Omit<Device, 'face'>,
  isOurBrowser: (secret: string) => boolean,
): Promise<FinishedOAuth> {
  return notingRefusals('provider', device, () => finish(brought, device, isOurBrowser));
}

async function finish(
  { providerId, state: secret, code, error }: OAuthReturn,
  device: Omit<Device, 'face'>,
  isOurBrowser: (secret: string) => boolean,
): Promise<FinishedOAuth> {
  const provider = findOAuthProvider(providerId);
  limitOAuth({ ...device, face: 'web' });
  const state = secret === null ? null : await redeemState(secret);
  const isTheirs = state?.provider === providerId && state.ip === device.ip;
  refuseUnless(secret !== null && state && isTheirs, 'forbidden', 'oauth_state');
  refuseUnless(state.destination === 'app' || isOurBrowser(secret), 'forbidden', 'oauth_state');
  if (error !== null || code === null) refuse('forbidden', 'oauth_provider');

  const { email, name } = await ask(() =>
    profileOfCode(provider, { code, codeVerifier: state.codeVerifier }),
  );
  refuseUnless(email, 'forbidden', 'oauth_no_email');
  const face = state.destination === 'app' ? 'mikrochat' : 'web';
  const signedIn = await admit({ ...device, face }, (db) => accountOfProvenEmail(db, email, name));
  return { ...signedIn, destination: state.destination, nextPath: state.nextPath };
}

/** Whatever goes wrong at a provider is one refusal; the administrator finds the reason in the log. */
async function ask(question: () => Promise<Profile>): Promise<Profile> {
  try {
    return await question();
  } catch (error) {
    if (isRefusal(error)) throw error;
    log.warn({ err: error }, 'a sign-in provider could not be asked');
    return refuse('forbidden', 'oauth_exchange');
  }
}
