import { isSignUpOpen } from '#server/domain/accounts/sign-up';
import { isMailConfigured } from '#server/domain/mail/mail-settings';
import { listOAuthProviders, type OAuthProviderView } from '#server/domain/oauth/providers';
import { authMode } from '#server/domain/sign-in/auth-mode';
import { loginSettings } from '#server/platform/settings';
import type { AuthMode } from '#server/platform/settings-schema';

/** How somebody may come in; for everybody to know. */
export type SignInWays = {
  mode: AuthMode;
  /** mails go out; otherwise an administrator finds them in the outbox */
  hasEmail: boolean;
  isInviteRequired: boolean;
  oauthEnabled: boolean;
  /** there is a password to forget and a way to be sent a link */
  passwordResetEnabled: boolean;
  /** an address and a password of one's choice make an account */
  registrationEnabled: boolean;
  providers: OAuthProviderView[];
};

export function signInWays(): SignInWays {
  const mode = authMode();
  const { isInviteRequired } = loginSettings().auth;
  const hasEmail = isMailConfigured();
  const providers = listOAuthProviders();
  return {
    mode,
    hasEmail,
    isInviteRequired,
    oauthEnabled: providers.length > 0,
    passwordResetEnabled: mode === 'password' && hasEmail,
    registrationEnabled: mode === 'password' && !isInviteRequired,
    providers,
  };
}

/** The same for the web app, whose first person makes the server's first account in every mode. */
export async function webSignInWays(): Promise<SignInWays & { signUpOpen: boolean }> {
  return { ...signInWays(), signUpOpen: await isSignUpOpen() };
}
