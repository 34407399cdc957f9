import { loginSettings } from '#server/platform/settings';

/** A sign-in provider as everybody may see it. */
export type OAuthProviderView = { id: string; name: string };

const PRESETS = { google: 'Google', github: 'GitHub', microsoft: 'Microsoft', gitlab: 'GitLab' } as const;

/** Those that the settings name; none means that nobody signs in that way. */
export function listOAuthProviders(): OAuthProviderView[] {
  const { presets, custom } = loginSettings().oauth;
  const ids = Object.keys(PRESETS) as (keyof typeof PRESETS)[];
  return [
    ...ids.filter((id) => presets[id]).map((id) => ({ id, name: PRESETS[id] })),
    ...custom.map(({ id, name }) => ({ id, name })),
  ];
}
