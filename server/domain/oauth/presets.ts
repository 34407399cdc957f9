// The providers that need nothing but a client (mikrochat.md §2 E10).
import { type Profile, profileOf, type ReadJson } from '#server/domain/oauth/profile';

/** Where a provider's doors are, and whom it says somebody is. */
export type ProviderKind = {
  name: string;
  authorizationUrl: string;
  tokenUrl: string;
  scopes: string;
  authorizationParams?: Record<string, string>;
  /** `read` asks on behalf of the person; `trustsEmails` as in the settings */
  readProfile(read: ReadJson, trustsEmails: boolean): Promise<Profile>;
};

export const PRESETS = {
  google: {
    name: 'Google',
    authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUrl: 'https://oauth2.googleapis.com/token',
    scopes: 'openid email profile',
    authorizationParams: { access_type: 'offline', prompt: 'consent' },
    async readProfile(read, trustsEmails) {
      const { email, verified_email, name } = await read('https://www.googleapis.com/oauth2/v2/userinfo');
      return profileOf(email, trustsEmails || verified_email, name);
    },
  },
  github: {
    name: 'GitHub',
    authorizationUrl: 'https://github.com/login/oauth/authorize',
    tokenUrl: 'https://github.com/login/oauth/access_token',
    scopes: 'user:email read:user',
    async readProfile(read) {
      const { name, login } = await read('https://api.github.com/user');
      // the address on the profile is what the person wrote there; this one says what it has checked
      const emails = await read('https://api.github.com/user/emails');
      const entries = Object.values(emails) as { email?: unknown; primary?: unknown; verified?: unknown }[];
      const primary = entries.find((entry) => entry?.primary === true);
      return profileOf(primary?.email, primary?.verified, name || login);
    },
  },
  microsoft: {
    name: 'Microsoft',
    authorizationUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
    tokenUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
    scopes: 'openid email profile User.Read',
    async readProfile(read, trustsEmails) {
      const { mail, userPrincipalName, displayName } = await read('https://graph.microsoft.com/v1.0/me');
      // Whoever runs a directory writes any address into `mail`, but only domains of their own into the principal
      // name; that of a guest ("…#EXT#@…") is none of theirs.
      if (trustsEmails && mail) return profileOf(mail, true, displayName);
      return profileOf(userPrincipalName, !String(userPrincipalName).includes('#'), displayName);
    },
  },
  gitlab: {
    name: 'GitLab',
    authorizationUrl: 'https://gitlab.com/oauth/authorize',
    tokenUrl: 'https://gitlab.com/oauth/token',
    scopes: 'read_user email',
    async readProfile(read, trustsEmails) {
      const { email, confirmed_at, name } = await read('https://gitlab.com/api/v4/user');
      return profileOf(email, trustsEmails || typeof confirmed_at === 'string', name);
    },
  },
} as const satisfies Record<string, ProviderKind>;
