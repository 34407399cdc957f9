import { z } from '@hono/zod-openapi';
import { json, text } from '#server/dialects/kit/answers';
import { route } from '#server/dialects/kit/route';
import type { Profile } from '#server/dialects/mikrochat/profile';
import { signInWays } from '#server/domain/sign-in/sign-in-ways';

const tag = 'Server';

/** Where the client finds everything about signing in; it looks nowhere else. */
const ROUTES = {
  config: '/config.json',
  devLogin: '/auth/dev-login',
  login: '/auth/login',
  logout: '/auth/logout',
  me: '/auth/me',
  oauthProviders: '/auth/oauth/providers',
  passwordLogin: '/auth/password-login',
  passwordReset: '/auth/request-password-reset',
  refresh: '/auth/refresh',
  register: '/auth/register',
  setupPassword: '/auth/setup-password',
  verify: '/auth/verify',
};

const healthy = { 200: text('OK', 'it does') };

const Config = z.strictObject({
  auth: z.strictObject({
    mode: z.enum(['dev', 'magic-link', 'password']),
    hasEmail: z.boolean(),
    isInviteRequired: z.boolean(),
    oauthEnabled: z.boolean(),
    passwordResetEnabled: z.boolean(),
    registrationEnabled: z.boolean(),
    routes: z.record(z.string(), z.string()),
  }),
});

export const configRoutes = ({ name }: Profile) => [
  // At the root the path is shared with other APIs, which document JSON: server/process/health.ts answers by Accept.
  name === 'root'
    ? route.page('/health', { id: 'E1-health', tag, summary: 'Whether the server answers', answers: healthy })
    : route.open('GET', '/health', {
        id: 'E1-health',
        tag,
        summary: 'Whether the server answers',
        answers: healthy,
        handle: () => ({ status: 200 }),
      }),
  ...(['/config.json', '/auth/config'] as const).map((path, index) =>
    route.open('GET', path, {
      id: ['X1-config', 'X2-config-alias'][index] as string,
      tag,
      summary: 'How people sign in here',
      answers: { 200: json(Config, 'what a client has to know before anybody has signed in') },
      handle() {
        const { providers, ...ways } = signInWays();
        return { status: 200, body: { auth: { ...ways, routes: ROUTES } } };
      },
    }),
  ),
];
