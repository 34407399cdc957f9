import { z } from '@hono/zod-openapi';
import { bearerToken, devTokenOf } from '#server/auth/access-token';
import { deviceOf } from '#server/auth/device';
import { json } from '#server/dialects/kit/answers';
import { strictJson } from '#server/dialects/kit/body';
import { clientAddress } from '#server/dialects/kit/connection';
import { route } from '#server/dialects/kit/route';
import { pair, signedIn } from '#server/dialects/mikrochat/token-pair';
import { presentUser, UserJson } from '#server/dialects/mikrochat/users';
import { unscopedDirectoryEntries } from '#server/domain/accounts/list-directory';
import { refuse } from '#server/domain/kernel/refusal';
import type { Device } from '#server/domain/sessions/session';
import { devAccount } from '#server/domain/sign-in/dev-sign-in';
import { requestMagicLink, verifyMagicLink } from '#server/domain/sign-in/magic-link';
import { requestPasswordReset, setupPassword } from '#server/domain/sign-in/password-reset';
import { register } from '#server/domain/sign-in/register';
import { signInByEmail } from '#server/domain/sign-in/sign-in-by-email';

const tag = 'Authentication';
const otherMode = 'the server signs people in another way';
const email = z.string();
const password = z.string();

const sent = (message: string) => ({ success: true as const, message });
const sentAnswer = {
  200: json(z.strictObject({ success: z.literal(true), message: z.string() }), 'whether or not there is one'),
};

function deviceBehind(request: Request): Device {
  return deviceOf('mikrochat', request.headers, clientAddress(request));
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
];
