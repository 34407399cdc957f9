import { z } from '@hono/zod-openapi';
import { tokenPairOf } from '#server/auth/access-token';
import { json } from '#server/dialects/kit/answers';
import type { OpenedSession } from '#server/domain/sessions/session';

const TokenPairJson = z
  .strictObject({
    accessToken: z.string().openapi({ description: 'a JWT' }),
    refreshToken: z.string(),
    exp: z.int().openapi({ description: 'how long the access token holds, in seconds' }),
    tokenType: z.literal('Bearer'),
  })
  .openapi('TokenPair');

/** The answer of every way in. */
export const pair = { 200: json(TokenPairJson, 'signed in') };

export async function signedIn({ session }: { session: OpenedSession }) {
  return { status: 200, body: await tokenPairOf(session) } as const;
}
