import { limitOAuth } from '#server/domain/oauth/limit-oauth';
import { type OAuthDestination, rememberState } from '#server/domain/oauth/oauth-state';
import { authorizationUrl, newCodeVerifier } from '#server/domain/oauth/provider-client';
import { findOAuthProvider } from '#server/domain/oauth/providers';
import type { Device } from '#server/domain/sessions/session';

/** `nextPath`: where in the web app to go on afterwards. */
export type BeginOAuth = { providerId: string; destination: OAuthDestination; nextPath?: string | null };

/**
 * Where to send somebody who wants to sign in through a provider, and the secret they will bring back. Refuses
 * `not_found` `provider`, and `rate_limited` `too_many_attempts`.
 */
export async function beginOAuth(
  { providerId, destination, nextPath = null }: BeginOAuth,
  device: Device,
): Promise<{ url: URL; state: string }> {
  const provider = findOAuthProvider(providerId);
  limitOAuth(device);
  const codeVerifier = newCodeVerifier();
  const memory = { provider: providerId, ip: device.ip, codeVerifier, destination, nextPath };
  const state = await rememberState(memory);
  return { url: await authorizationUrl(provider, { state, codeVerifier }), state };
}
