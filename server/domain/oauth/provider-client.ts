// The conversation with a provider, by openid-client.
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  Configuration,
  type CustomFetchOptions,
  calculatePKCECodeChallenge,
  customFetch,
  fetchProtectedResource,
  randomPKCECodeVerifier,
} from 'openid-client';
import type { Profile, ReadJson } from '#server/domain/oauth/profile';
import type { OAuthProvider } from '#server/domain/oauth/providers';

/** Seconds. */
const PATIENCE = 10;
/** Bytes; a profile is a few hundred. */
const LONGEST_ANSWER = 1_000_000;

export const newCodeVerifier = randomPKCECodeVerifier;

/** Where to send somebody's browser. */
export async function authorizationUrl(
  provider: OAuthProvider,
  { state, codeVerifier }: { state: string; codeVerifier: string },
): Promise<URL> {
  return buildAuthorizationUrl(configure(provider), {
    ...provider.authorizationParams,
    redirect_uri: provider.redirectUri,
    scope: provider.scopes,
    state,
    code_challenge: await calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
  });
}

/** Whom the code that a browser brought back stands for. Rejects with whatever the provider did wrong. */
export async function profileOfCode(
  provider: OAuthProvider,
  { code, codeVerifier }: { code: string; codeVerifier: string },
): Promise<Profile> {
  const config = configure(provider);
  const callback = new URL(provider.redirectUri);
  callback.searchParams.set('code', code);
  const { access_token } = await authorizationCodeGrant(config, callback, {
    pkceCodeVerifier: codeVerifier,
  });
  const read: ReadJson = async (url) => {
    const headers = new Headers({ accept: 'application/json', 'user-agent': 'Parley' });
    const answer = await fetchProtectedResource(config, access_token, new URL(url), 'GET', null, headers);
    const text = await answer.text();
    const json: unknown = answer.ok && text.length <= LONGEST_ANSWER ? JSON.parse(text) : null;
    if (json === null || typeof json !== 'object') throw new Error(`${provider.id} told us nothing`);
    return json as Record<string, unknown>;
  };
  return provider.readProfile(read, provider.trustsEmails);
}

function configure(provider: OAuthProvider): Configuration {
  const server = {
    issuer: new URL(provider.authorizationUrl).origin,
    authorization_endpoint: provider.authorizationUrl,
    token_endpoint: provider.tokenUrl,
  };
  const config = new Configuration(server, provider.clientId, provider.clientSecret);
  config.timeout = PATIENCE;
  config[customFetch] = withoutIdToken;
  // a provider on this machine may speak plain HTTP; nobody listens in between
  if (isLoopback(provider.tokenUrl)) allowInsecureRequests(config);
  return config;
}

/**
 * Some providers add an OpenID Connect ID token, which would have to be checked against keys and an issuer that the
 * settings don't name. Whom somebody is comes from the provider itself, over TLS, so it is left aside.
 */
async function withoutIdToken(url: string, options: CustomFetchOptions): Promise<Response> {
  const answer = await fetch(url, options as RequestInit);
  if (options.method !== 'POST' || !answer.ok) return answer;
  const json: unknown = await answer
    .clone()
    .json()
    .catch(() => null);
  if (json === null || typeof json !== 'object' || !('id_token' in json)) return answer;
  const { id_token, ...rest } = json;
  return Response.json(rest, { status: answer.status });
}

function isLoopback(url: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
}
