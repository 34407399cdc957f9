// The way back from a sign-in provider, for whichever door its path belongs to: always a redirect.
import { createHash, timingSafeEqual } from 'node:crypto';
import { tokenPairOf } from '#server/auth/access-token';
import type { Headerish } from '#server/auth/headers';
import { sealSessionCookie } from '#server/auth/session-cookie';
import { isRefusal } from '#server/domain/kernel/refusal';
import { type FinishedOAuth, finishOAuth } from '#server/domain/oauth/finish-oauth';
import { appUrl } from '#server/domain/sign-in/links';

/** Carries the secret of the way there, so that only the browser that was sent comes back. */
const COOKIE = 'oauth_state';
const COOKIE_PATH = '/auth/oauth/';

/** Headers for the answer, besides `Location`: what it carries is nobody's to keep or to pass on. */
export const RETURN_HEADERS = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };

export type OAuthCallback = {
  providerId: string;
  query: { code?: string | undefined; state?: string | undefined; error?: string | undefined };
  headers: Headerish;
  /** the client's address, as the server established it */
  address: string | null;
  /** whether the request came over TLS */
  secure: boolean;
};

/** Send as a 302 with `RETURN_HEADERS` and one `Set-Cookie` for each of `cookies`. */
export type OAuthAnswer = { location: string; cookies: string[] };

/** The cookie that a browser takes along to a provider, when it goes there from the web app. */
export function oauthCookie(state: string, { secure }: { secure: boolean }): string {
  return `${COOKIE}=${state}; Max-Age=3600; ${attributes(secure)}`;
}

/**
 * Where a browser that comes back from a provider goes on: into the MikroChat client with tokens in the query
 * (mikrochat.md §2 E11), or into the web app with a session; with an error for whatever went wrong. Never refuses.
 */
export async function answerOAuthCallback(callback: OAuthCallback): Promise<OAuthAnswer> {
  const { providerId, query, headers, address, secure } = callback;
  const brought = cookieIn(headers.get('cookie') ?? '');
  const cookies = brought === null ? [] : [`${COOKIE}=; Max-Age=0; ${attributes(secure)}`];
  try {
    const finished = await finishOAuth(
      {
        providerId,
        state: query.state || null,
        code: query.code || null,
        error: query.error || null,
      },
      { userAgent: headers.get('user-agent') || null, ip: address },
      (secret) => brought !== null && isSame(brought, secret),
    );
    return await letIn(finished, cookies, secure);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // who came from the web app has its cookie
    const isWeb = brought !== null;
    const location = isWeb
      ? `/login?error=${error.reason}`
      : `${appUrl()}/?oauth_error=${encodeURIComponent(words(error.reason))}`;
    return { location, cookies };
  }
}

async function letIn(finished: FinishedOAuth, cookies: string[], secure: boolean): Promise<OAuthAnswer> {
  const { session, destination, nextPath } = finished;
  if (destination === 'web') {
    return {
      location: nextPath ?? '/',
      cookies: [...cookies, await sealSessionCookie(session.token, { secure })],
    };
  }
  const { accessToken, refreshToken, exp } = await tokenPairOf(session);
  const query = new URLSearchParams({
    access_token: accessToken,
    refresh_token: refreshToken,
    expires_in: String(exp),
  });
  return { location: `${appUrl()}/?${query}`, cookies };
}

const WORDS: Record<string, string> = {
  provider: 'There is no such provider.',
  too_many_attempts: 'Too many attempts. Try again later.',
  oauth_state: 'The sign-in has expired or was begun elsewhere. Try again.',
  oauth_provider: 'The provider did not let you in.',
  oauth_exchange: 'The provider could not be asked. Try again later.',
  oauth_no_email: 'The provider has no verified address of yours.',
  invite_required: 'You need an invitation.',
};

function words(reason: string): string {
  return WORDS[reason] ?? 'Signing in failed.';
}

function attributes(secure: boolean): string {
  return `Path=${COOKIE_PATH}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}

function cookieIn(cookies: string): string | null {
  return new RegExp(`(?:^|;)\\s*${COOKIE}=([0-9a-f]{64})(?:;|$)`).exec(cookies)?.[1] ?? null;
}

function isSame(a: string, b: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
