import { refuseUnless } from '#server/domain/kernel/refusal';
import { PRESETS, type ProviderKind } from '#server/domain/oauth/presets';
import { profileOf } from '#server/domain/oauth/profile';
import { publicUrl } from '#server/platform/env';
import { loginSettings } from '#server/platform/settings';
import type { CustomProvider, PresetClient } from '#server/platform/settings-schema';

/** A sign-in provider as everybody may see it. */
export type OAuthProviderView = { id: string; name: string };

/** One with everything that is needed to use it. */
export type OAuthProvider = ProviderKind &
  OAuthProviderView & {
    clientId: string;
    clientSecret: string;
    redirectUri: string;
    trustsEmails: boolean;
  };

const PRESET_IDS = Object.keys(PRESETS) as (keyof typeof PRESETS)[];

/** Those that the settings name; none means that nobody signs in that way. */
export function listOAuthProviders(): OAuthProviderView[] {
  return providers().map(({ id, name }) => ({ id, name }));
}

/** Refuses `not_found` `provider`. */
export function findOAuthProvider(id: string): OAuthProvider {
  const provider = providers().find((candidate) => candidate.id === id);
  refuseUnless(provider, 'not_found', 'provider');
  return provider;
}

function providers(): OAuthProvider[] {
  const { presets, custom } = loginSettings().oauth;
  return [
    ...PRESET_IDS.flatMap((id) => {
      const client = presets[id];
      return client ? [withClient(id, PRESETS[id], client)] : [];
    }),
    ...custom.map((provider) => withClient(provider.id, customKind(provider), provider)),
  ];
}

function withClient(id: string, kind: ProviderKind, client: PresetClient): OAuthProvider {
  const { clientId, clientSecret, redirectUri, scopes, authorizationParams, trustsEmails = false } = client;
  return {
    ...kind,
    id,
    clientId,
    clientSecret,
    trustsEmails,
    redirectUri: redirectUri ?? `${publicUrl()}/auth/oauth/${id}/callback`,
    scopes: scopes ?? kind.scopes,
    authorizationParams: { ...kind.authorizationParams, ...authorizationParams },
  };
}

function customKind({ name, authorizationUrl, tokenUrl, userInfoUrl, scopes }: CustomProvider): ProviderKind {
  return {
    name,
    authorizationUrl,
    tokenUrl,
    scopes,
    async readProfile(read, trustsEmails) {
      const { email, email_verified, verified_email, name: called } = await read(userInfoUrl);
      return profileOf(email, trustsEmails || (email_verified ?? verified_email), called);
    },
  };
}
