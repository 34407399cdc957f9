import { randomBytes } from 'node:crypto';
import { hashOfToken } from '#server/domain/sessions/session-token';
import { now } from '#server/platform/clock';
import { plain, prisma } from '#server/platform/database';
import { loginSettings } from '#server/platform/settings';

/** Where somebody goes once a provider has vouched for them. */
export type OAuthDestination = 'app' | 'web';

/** What we remember of somebody who is at a provider. */
export type OAuthState = {
  provider: string;
  ip: string | null;
  /** PKCE */
  codeVerifier: string;
  destination: OAuthDestination;
  /** a place in the web app */
  nextPath: string | null;
};

const SECOND = 1_000_000;

/** Returns the secret that the provider will hand back, 64 hexadecimal digits; only a hash of it is kept. */
export async function rememberState(state: OAuthState): Promise<string> {
  const secret = randomBytes(32).toString('hex');
  const at = now();
  await prisma.oauthState.deleteMany({ where: { expiresAt: { lte: at } } });
  await prisma.oauthState.create({
    data: {
      ...state,
      stateHash: hashOfToken(secret),
      createdAt: at,
      expiresAt: at + loginSettings().oauth.stateExpirySeconds * SECOND,
    },
    select: { id: true },
  });
  return secret;
}

/** Uses a secret up; null if it is unknown, used or expired. Of several who bring it at once, one gets it. */
export async function redeemState(secret: string): Promise<OAuthState | null> {
  const rows = await prisma.$queryRaw<OAuthState[]>`
    DELETE FROM oauth_state WHERE state_hash = ${hashOfToken(secret)} AND expires_at > ${now()}
    RETURNING provider, ip, code_verifier AS "codeVerifier", destination, next_path AS "nextPath"`;
  return plain(rows)[0] ?? null;
}
