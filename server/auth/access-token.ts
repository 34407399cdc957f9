// MikroChat's access tokens (mikrochat.md §1.2): signed, short-lived, outliving their session but not the right of
// their account. How its dialect uses them:
//   a way in or a refresh → tokenPairOf(session)       every other route → bearerActor(headers), null is 401
//   GET /events?token=    → actorOfAccessToken(token)  POST /auth/logout → claimsOfAccessToken(token), null is 401
import { randomBytes } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Headerish } from '#server/auth/headers';
import { tokenSecret } from '#server/auth/token-secret';
import type { Actor } from '#server/domain/kernel/actor';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { actorOfClaims } from '#server/domain/sessions/actor-of-claims';
import type { OpenedSession } from '#server/domain/sessions/session';
import {
  type TokenHolder,
  unscopedAccountHolder,
  unscopedTokenHolder,
} from '#server/domain/sessions/token-holder';
import { now } from '#server/platform/clock';
import { processSingleton } from '#server/platform/process-singleton';
import { loginSettings } from '#server/platform/settings';

const ALGORITHM = 'HS256';
const TYPE = 'at+jwt';
const ISSUER = 'parley';
const AUDIENCE = 'mikrochat';

/** Seconds. */
const DEV_LIFETIME = 24 * 3_600;

/** A token of ours has under 700 characters: longer ones aren't worth verifying. */
const LONGEST_TOKEN = 4_000;

/** The documented answer of every way in; `exp` is how many seconds the access token lives. */
export type TokenPair = { accessToken: string; refreshToken: string; exp: number; tokenType: 'Bearer' };

const Claims = z.object({
  uid: z.number().int().positive(),
  sid: z.number().int().positive().nullable(),
  /** the account's `tokensValidFrom` when it was made */
  gen: z.number().int().nonnegative(),
  exp: z.number(),
});

/** Of a token that was validly signed and has not expired; its account may be gone. `expiresAt` is a stamp. */
export type AccessClaims = {
  accountId: number;
  sessionId: number | null;
  tokensValidFrom: number;
  expiresAt: number;
};

/** The pair for a session of face "mikrochat". Refuses `unauthenticated` `session` if it has ended meanwhile. */
export async function tokenPairOf(session: OpenedSession): Promise<TokenPair> {
  const holder = await unscopedTokenHolder(session.id);
  refuseUnless(holder, 'unauthenticated', 'session');
  const exp = loginSettings().auth.jwtExpirySeconds;
  const claims = { sub: holder.email ?? holder.username, ...claimsFor(holder) };
  return {
    accessToken: await sign(claims, exp),
    refreshToken: session.token,
    exp,
    tokenType: 'Bearer',
  };
}

/** The token of dev mode: a day, no session. Refuses `not_found` `account`. */
export async function devTokenOf(accountId: number): Promise<string> {
  const holder = await unscopedAccountHolder(accountId);
  refuseUnless(holder, 'not_found', 'account');
  return sign({ sub: String(accountId), email: holder.email ?? '', ...claimsFor(holder) }, DEV_LIFETIME);
}

/** Who asks, by the `Authorization` header; null for visitors, and for tokens that are worth nothing. */
export async function bearerActor(headers: Headerish): Promise<Actor | null> {
  const token = bearerToken(headers);
  return token === null ? null : actorOfAccessToken(token);
}

/** The token of an `Authorization: Bearer` header. */
export function bearerToken(headers: Headerish): string | null {
  return /^bearer +([^\s]+)\s*$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null;
}

/** On whose behalf the bearer of a token acts; null for everything that is wrong with it. */
export async function actorOfAccessToken(token: string): Promise<Actor | null> {
  const claims = await claimsOfAccessToken(token);
  return claims === null ? null : actorOfClaims({ ...claims, face: 'mikrochat' });
}

// Checking a signature costs more than everything else a cached request does: once per token is enough.
const verified = processSingleton(
  'auth.verified-tokens',
  () => new LRUCache<string, AccessClaims>({ max: 10_000 }),
);

/** What a token claims, if we signed it and it has not expired; null otherwise. Says nothing about its account. */
export async function claimsOfAccessToken(token: string): Promise<AccessClaims | null> {
  if (token.length > LONGEST_TOKEN) return null;
  const known = verified.get(token);
  const claims = known ?? (await verify(token));
  if (!claims || claims.expiresAt <= now()) return null;
  if (!known) verified.set(token, claims);
  return claims;
}

async function verify(token: string): Promise<AccessClaims | null> {
  try {
    const { payload } = await jwtVerify(token, tokenSecret(), {
      algorithms: [ALGORITHM],
      typ: TYPE,
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ['exp', 'iat'],
      currentDate: new Date(now() / 1000),
    });
    const { uid, sid, gen, exp } = Claims.parse(payload);
    return { accountId: uid, sessionId: sid, tokensValidFrom: gen, expiresAt: exp * 1_000_000 };
  } catch (error) {
    // jose and zod say what was wrong with it; anything else (an unreadable secret) is our own fault
    if (error instanceof errors.JOSEError || error instanceof z.ZodError) return null;
    throw error;
  }
}

function claimsFor(holder: TokenHolder): JWTPayload {
  return {
    uid: holder.accountId,
    sid: holder.sessionId,
    gen: holder.tokensValidFrom,
    username: holder.username,
    // for clients that look; rights come from the database at every request
    role: holder.role === 'member' ? 'user' : 'admin',
    lastLogin: Math.floor(holder.signedInAt / 1000),
    metadata: { ip: holder.ip ?? '' },
  };
}

function sign(claims: JWTPayload, lifetime: number): Promise<string> {
  const issuedAt = Math.floor(now() / 1_000_000);
  return new SignJWT(claims)
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setJti(randomBytes(16).toString('hex'))
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetime)
    .sign(tokenSecret());
}
