import { z } from '@hono/zod-openapi';
import { deviceOf } from '#server/auth/device';
import { answerOAuthCallback, RETURN_HEADERS } from '#server/auth/oauth-return';
import { json, redirect } from '#server/dialects/kit/answers';
import { clientAddress, isOverTls } from '#server/dialects/kit/connection';
import { route } from '#server/dialects/kit/route';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { beginOAuth } from '#server/domain/oauth/begin-oauth';
import { listOAuthProviders } from '#server/domain/oauth/providers';

const tag = 'OAuth';
const params = { providerId: z.string() };
const text = z.string().optional();

/** Without any provider these routes are not there (mikrochat.md §1.3). */
function requireProviders() {
  const providers = listOAuthProviders();
  refuseUnless(providers.length > 0, 'not_found', 'sign_in_way');
  return providers;
}

export const oauthRoutes = () => [
  route.open('GET', '/auth/oauth/providers', {
    id: 'E9-oauth-providers',
    tag,
    summary: 'Who else can say who I am',
    answers: {
      200: json(
        z.strictObject({
          providers: z.array(z.strictObject({ id: z.string(), name: z.string(), loginUrl: z.string() })),
          count: z.int(),
        }),
        'the providers',
      ),
    },
    refuses: { not_found: 'there are none' },
    handle() {
      const providers = requireProviders().map(({ id, name }) => ({
        id,
        name,
        loginUrl: `/auth/oauth/${id}`,
      }));
      return { status: 200, body: { providers, count: providers.length } };
    },
  }),

  route.open('GET', '/auth/oauth/{providerId}', {
    id: 'E10-oauth-start',
    tag,
    summary: 'Go there to sign in',
    params,
    answers: { 302: redirect('to the provider') },
    refuses: { not_found: 'no such provider', rate_limited: 'too many attempts' },
    async handle({ params, request }) {
      const device = deviceOf('mikrochat', request.headers, clientAddress(request));
      const { url } = await beginOAuth({ providerId: params.providerId, destination: 'app' }, device);
      return { status: 302, location: url.href, headers: RETURN_HEADERS };
    },
  }),

  route.open('GET', '/auth/oauth/{providerId}/callback', {
    id: 'E11-oauth-callback',
    tag,
    summary: 'Come back from there',
    params,
    query: { code: text, state: text, error: text, error_description: text },
    answers: { 302: redirect('to the client, with tokens or with `oauth_error`') },
    refuses: { not_found: 'there are no providers' },
    async handle({ params, query, request }) {
      requireProviders();
      const { location, cookies } = await answerOAuthCallback({
        providerId: params.providerId,
        query,
        headers: request.headers,
        address: clientAddress(request),
        secure: isOverTls(request),
      });
      const headers = cookies.length > 0 ? { ...RETURN_HEADERS, 'set-cookie': cookies } : RETURN_HEADERS;
      return { status: 302, location, headers };
    },
  }),
];
