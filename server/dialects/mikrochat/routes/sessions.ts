import { z } from '@hono/zod-openapi';
import { bearerToken, claimsOfAccessToken } from '#server/auth/access-token';
import { json } from '#server/dialects/kit/answers';
import { strictJson } from '#server/dialects/kit/body';
import { route } from '#server/dialects/kit/route';
import { millisecondsOf } from '#server/dialects/mikrochat/present';
import { pair, signedIn } from '#server/dialects/mikrochat/token-pair';
import { presentUser, UserJson } from '#server/dialects/mikrochat/users';
import { findDirectoryEntry } from '#server/domain/accounts/list-directory';
import { refuse } from '#server/domain/kernel/refusal';
import { endSessionsButToken } from '#server/domain/sessions/end-sessions';
import { listSessions } from '#server/domain/sessions/list-sessions';
import { refreshSession } from '#server/domain/sessions/refresh-session';
import { signOutToken } from '#server/domain/sessions/sign-out';

const tag = 'Authentication';
const said = { 200: json(z.strictObject({ message: z.string() }), 'done') };

const SessionJson = z.strictObject({
  id: z.string().openapi({ description: 'the beginning of its refresh token' }),
  createdAt: z.int(),
  lastLogin: z.int(),
  lastUsed: z.int(),
  metadata: z.strictObject({ ip: z.string().nullable() }),
  isCurrentSession: z.boolean(),
});

export const sessionRoutes = () => [
  route.open('POST', '/auth/refresh', {
    id: 'E12-refresh',
    tag,
    summary: 'Another access token for a refresh token',
    description: 'The refresh token stays the same, and holds longer from then on.',
    body: strictJson({ refreshToken: z.string() }),
    answers: pair,
    refuses: { invalid: 'no refresh token', unauthenticated: 'unknown, expired or revoked' },
    handle: async ({ body }) => signedIn({ session: await refreshSession('mikrochat', body.refreshToken) }),
  }),

  // whoever has left the server still signs out: the client does so right afterwards (mikrochat.md E13)
  route.open('POST', '/auth/logout', {
    id: 'E13-logout',
    tag,
    summary: 'End the session of a refresh token',
    body: strictJson({ refreshToken: z.string() }),
    answers: said,
    refuses: { unauthenticated: 'nobody is signed in', invalid: 'no refresh token' },
    admit: ({ request }) => claimsOf(request),
    async handle({ request, body }) {
      const { accountId } = await claimsOf(request);
      await signOutToken(accountId, body.refreshToken);
      return { status: 200, body: { message: 'Logged out' } };
    },
  }),

  route('GET', '/auth/me', {
    id: 'E14-me',
    tag,
    summary: 'Who I am',
    answers: { 200: json(z.strictObject({ user: UserJson }), 'the user') },
    async handle({ actor }) {
      return { status: 200, body: { user: presentUser(await findDirectoryEntry(actor, actor.accountId)) } };
    },
  }),

  route('GET', '/auth/sessions', {
    id: 'E15-sessions-list',
    tag,
    summary: 'Where I am signed in',
    answers: { 200: json(z.strictObject({ sessions: z.array(SessionJson) }), 'the sessions, newest first') },
    async handle({ actor }) {
      const sessions = await listSessions(actor);
      const shown = sessions
        .filter(({ face }) => face === 'mikrochat')
        .sort((a, b) => b.createdAt - a.createdAt)
        .map((session) => ({
          id: `${session.hint ?? ''}...`,
          createdAt: millisecondsOf(session.createdAt),
          lastLogin: millisecondsOf(session.createdAt),
          lastUsed: millisecondsOf(session.lastUsedAt),
          metadata: { ip: session.ip },
          isCurrentSession: session.current,
        }));
      return { status: 200, body: { sessions: shown } };
    },
  }),

  route('DELETE', '/auth/sessions', {
    id: 'E16-sessions-revoke',
    tag,
    summary: 'Sign me out everywhere, or everywhere but here',
    description: 'Access tokens hold until they expire.',
    body: strictJson({ refreshToken: z.string().nullish().openapi({ description: 'the one to keep' }) }),
    answers: said,
    refuses: { invalid: 'a refresh token that is no text' },
    async handle({ actor, body }) {
      await endSessionsButToken(actor, body.refreshToken ?? null);
      return { status: 200, body: { message: 'Sessions revoked' } };
    },
  }),
];

/** Of a token that is validly signed and not expired, whether or not its account is still there. */
async function claimsOf(request: Request) {
  const token = bearerToken(request.headers);
  return (token && (await claimsOfAccessToken(token))) || refuse('unauthenticated', 'signed_out');
}
