import { bearerActor } from '#server/auth/access-token';
import { countRequest } from '#server/dialects/kit/client-limit';
import { corsHeaders, PREFLIGHT } from '#server/dialects/kit/cors';
import { dialect } from '#server/dialects/kit/dialect';
import { isBearer } from '#server/dialects/kit/headers';
import { presentError, presentFault, statuses } from '#server/dialects/mikrochat/errors';
import { COMPAT, type Profile, ROOT } from '#server/dialects/mikrochat/profile';
import { administrationRoutes } from '#server/dialects/mikrochat/routes/administration';
import { authRoutes } from '#server/dialects/mikrochat/routes/auth';
import { channelRoutes } from '#server/dialects/mikrochat/routes/channels';
import { configRoutes } from '#server/dialects/mikrochat/routes/config';
import { conversationRoutes } from '#server/dialects/mikrochat/routes/conversations';
import { eventRoutes } from '#server/dialects/mikrochat/routes/events';
import { fileRoutes } from '#server/dialects/mikrochat/routes/files';
import { imageRoutes } from '#server/dialects/mikrochat/routes/images';
import { messageRoutes } from '#server/dialects/mikrochat/routes/messages';
import { oauthRoutes } from '#server/dialects/mikrochat/routes/oauth';
import { pinRoutes } from '#server/dialects/mikrochat/routes/pins';
import { presenceRoutes } from '#server/dialects/mikrochat/routes/presence';
import { reactionRoutes } from '#server/dialects/mikrochat/routes/reactions';
import { searchRoutes } from '#server/dialects/mikrochat/routes/search';
import { serverRoutes } from '#server/dialects/mikrochat/routes/server';
import { sessionRoutes } from '#server/dialects/mikrochat/routes/sessions';
import { threadRoutes } from '#server/dialects/mikrochat/routes/threads';
import { userRoutes } from '#server/dialects/mikrochat/routes/users';
import { webhookRoutes } from '#server/dialects/mikrochat/routes/webhooks';
import { settings } from '#server/platform/settings';

/** An event stream takes its token from the address as well (mikrochat.md E54). */
const WITH_TOKEN = /\/events\?(?:[^#]*&)?token=/;

/** The table at one of its two bases. */
function spoken(profile: Profile) {
  return dialect({
    name: profile.name === 'root' ? 'mikrochat' : 'mikrochat-compat',
    title: 'MikroChat HTTP API',
    description:
      'Sign in with `POST /auth/password-login` or another way that `GET /config.json` names; the access token goes into `Authorization: Bearer`. Errors are `{"error": text}`. The original web client needs reactions by person and text with entities: for it, the same calls are at `/compat/mikrochat`.',
    mount: profile.base || '/',
    base: profile.base,
    ownsMount: profile.base !== '',
    security: { name: 'bearer', scheme: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    recognises: (headers, target) => isBearer(headers) || WITH_TOKEN.test(target),
    welcome(request) {
      const { allowedDomains, rateLimit } = settings().server;
      const { headers, refusal } = countRequest('mikrochat', request, rateLimit);
      return { headers: { ...corsHeaders(request.headers, allowedDomains), ...headers }, refusal };
    },
    preflight: (asking) => ({ ...PREFLIGHT, ...corsHeaders(asking, settings().server.allowedDomains) }),
    identify: (request) => bearerActor(request.headers),
    signsInByCookie: false,
    statuses,
    presentError,
    presentFault,
    routes: [
      ...configRoutes(profile),
      ...authRoutes(),
      ...sessionRoutes(),
      ...oauthRoutes(),
      ...userRoutes(),
      ...channelRoutes(),
      ...messageRoutes(profile),
      ...reactionRoutes(profile),
      ...imageRoutes(),
      ...threadRoutes(profile),
      ...conversationRoutes(profile),
      ...serverRoutes(),
      ...webhookRoutes(profile),
      ...eventRoutes(profile),
      ...presenceRoutes(),
      ...searchRoutes(profile),
      ...pinRoutes(profile),
      ...fileRoutes(),
      ...administrationRoutes(profile),
    ],
  });
}

/** As documented, by Bearer token, at the root. */
export const mikrochat = spoken(ROOT);

/** As the original web client speaks it, below a path of ours. */
export const mikrochatCompat = spoken(COMPAT);
