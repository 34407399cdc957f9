import { z } from '@hono/zod-openapi';
import { bearerToken, claimsOfAccessToken, devTokenOf, tokenPairOf } from '#server/auth/access-token';
import { deviceOf } from '#server/auth/device';
import { json } from '#server/dialects/kit/answers';
import { strictJson } from '#server/dialects/kit/body';
import { clientAddress } from '#server/dialects/kit/connection';
import { route } from '#server/dialects/kit/route';
import { millisecondsOf } from '#server/dialects/mikrochat/present';
import { presentUser, UserJson } from '#server/dialects/mikrochat/users';
import { findDirectoryEntry, unscopedDirectoryEntries } from '#server/domain/accounts/list-directory';
import { refuse } from '#server/domain/kernel/refusal';
import { endSessionsButToken } from '#server/domain/sessions/end-sessions';
import { listSessions } from '#server/domain/sessions/list-sessions';
import { refreshSession } from '#server/domain/sessions/refresh-session';
import type { Device, OpenedSession } from '#server/domain/sessions/session';
import { signOutToken } from '#server/domain/sessions/sign-out';
import { devAccount } from '#server/domain/sign-in/dev-sign-in';
import { requestMagicLink, verifyMagicLink } from '#server/domain/sign-in/magic-link';
import { requestPasswordReset, setupPassword } from '#server/domain/sign-in/password-reset';
import { register } from '#server/domain/sign-in/register';
import { signInByEmail } from '#server/domain/sign-in/sign-in-by-email';

const tag = 'Authentication';
const otherMode = 'the server signs people in another way';
const email = z.string();
const password = z.string();

const TokenPairJson = z
  .strictObject({
    accessToken: z.string().openapi({ description: 'a JWT' }),
    refreshToken: z.string(),
    exp: z.int().openapi({ description: 'how long the access token holds, in seconds' }),
    tokenType: z.literal('Bearer'),
  })
  .openapi('TokenPair');
const pair = { 200: json(TokenPairJson, 'signed in') };

const sent = (message: string) => ({ success: true as const, message });
const sentAnswer = {
  200: json(z.strictObject({ success: z.literal(true), message: z.string() }), 'whether or not there is one'),
};
const said = { 200: json(z.strictObject({ message: z.string() }), 'done') };

function deviceBehind(request: Request): Device {
  return deviceOf('mikrochat', request.headers, clientAddress(request));
}

async function signedIn({ session }: { session: OpenedSession }) {
  return { status: 200, body: await tokenPairOf(session) } as const;
}

export const authRoutes = () => [
  route.open('POST', '/auth/dev-login', {
    id: 'E2-dev-login',
    tag,
    summary: 'Sign in without any proof (mode `dev`)',
    body: strictJson({ email }),
    answers: { 200: json(z.strictObject({ user: UserJson, token: z.string() }), 'signed in for a day') },
    refuses: { not_found: otherMode, invalid: 'no address', unauthenticated: 'nobody invited them' },
    async handle({ body }) {
      const { id } = await devAccount(body);
      const [account] = await unscopedDirectoryEntries([id]);
      if (!account) return refuse('unauthenticated', 'not_invited');
      return { status: 200, body: { user: presentUser(account), token: await devTokenOf(id) } };
    },
  }),

  route.open('POST', '/auth/login', {
    id: 'E3-magic-login',
    tag,
    summary: 'Ask for a link to sign in with (mode `magic-link`)',
    body: strictJson({ email }),
    answers: sentAnswer,
    refuses: { not_found: otherMode, invalid: 'no address' },
    async handle({ request, body }) {
      requestMagicLink(body, deviceBehind(request));
      return {
        status: 200,
        body: sent('If a matching account was found, a magic link has been sent.'),
      };
    },
  }),

  route.open('POST', '/auth/verify', {
    id: 'E4-magic-verify',
    tag,
    summary: 'Sign in by the token of such a link',
    description: 'The token of the link is the Bearer token.',
    body: strictJson({ email }),
    answers: pair,
    refuses: {
      not_found: otherMode,
      invalid: 'no token, or not the one sent to that address',
      forbidden: { status: 400, when: 'nobody invited them' },
    },
    async handle({ request, body }) {
      const token = bearerToken(request.headers) ?? '';
      return signedIn(await verifyMagicLink({ ...body, token }, deviceBehind(request)));
    },
  }),

  route.open('POST', '/auth/password-login', {
    id: 'E5-password-login',
    tag,
    summary: 'Sign in by password (mode `password`)',
    description: 'People without an address write their username in its place.',
    body: strictJson({ email, password }),
    answers: pair,
    refuses: {
      not_found: otherMode,
      invalid: 'no address or password',
      unauthenticated: 'not the right ones',
    },
    handle: async ({ request, body }) => signedIn(await signInByEmail(body, deviceBehind(request))),
  }),

  route.open('POST', '/auth/request-password-reset', {
    id: 'E6-request-password-reset',
    tag,
    summary: 'Ask for a link to choose a new password with',
    body: strictJson({ email }),
    answers: sentAnswer,
    refuses: { not_found: otherMode, invalid: 'no address' },
    async handle({ request, body }) {
      requestPasswordReset(body, deviceBehind(request));
      return {
        status: 200,
        body: sent('If a matching account was found, a password reset link has been sent.'),
      };
    },
  }),

  route.open('POST', '/auth/setup-password', {
    id: 'E7-setup-password',
    tag,
    summary: 'Choose a password by the token of such a link',
    description: 'The token is in the body, or the Bearer token.',
    body: strictJson({ email, password, token: z.string().optional() }),
    answers: pair,
    refuses: {
      not_found: `${otherMode}, or the account is gone`,
      invalid: 'a short password, or not the token sent to that address',
    },
    async handle({ request, body }) {
      const token = body.token ?? bearerToken(request.headers) ?? '';
      return signedIn(await setupPassword({ ...body, token }, deviceBehind(request)));
    },
  }),

  route.open('POST', '/auth/register', {
    id: 'E8-register',
    tag,
    summary: 'Make an account for myself, where no invitation is needed',
    body: strictJson({ email, password }),
    answers: pair,
    refuses: {
      not_found: 'invitations are needed, or the server signs people in another way',
      invalid: 'no address, or a short password',
      conflict: 'there is an account with that address',
    },
    handle: async ({ request, body }) => signedIn(await register(body, deviceBehind(request))),
  }),

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
    answers: { 200: json(z.strictObject({ sessions: z.array(z.unknown()) }), 'the sessions, newest first') },
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
