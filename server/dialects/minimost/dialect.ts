import { requestActor } from '#server/auth/request-actor';
import { dialect } from '#server/dialects/kit/dialect';
import { fault } from '#server/dialects/kit/faults';
import { presentError, statuses } from '#server/dialects/minimost/errors';
import { accountRoutes } from '#server/dialects/minimost/routes/account';
import { authRoutes } from '#server/dialects/minimost/routes/auth';
import { channelRoutes } from '#server/dialects/minimost/routes/channels';
import { directMessageRoutes } from '#server/dialects/minimost/routes/direct-messages';
import { eventRoutes } from '#server/dialects/minimost/routes/events';
import { fileRoutes } from '#server/dialects/minimost/routes/files';
import { messageRoutes } from '#server/dialects/minimost/routes/messages';
import { peopleRoutes } from '#server/dialects/minimost/routes/people';
import { previewRoutes } from '#server/dialects/minimost/routes/previews';
import { privateChannelRoutes } from '#server/dialects/minimost/routes/private-channels';
import { reactionRoutes } from '#server/dialects/minimost/routes/reactions';
import { receiptRoutes } from '#server/dialects/minimost/routes/receipts';
import { searchRoutes } from '#server/dialects/minimost/routes/search';
import { settingsRoutes } from '#server/dialects/minimost/routes/settings';
import { typingRoutes } from '#server/dialects/minimost/routes/typing';

/** The Minimost HTTP API: a session cookie, forms in, plain words and bare JSON out. */
export const minimost = dialect({
  name: 'minimost',
  title: 'Minimost HTTP API',
  description:
    'Sign in with `POST /login` or `POST /signup`; the cookie `session` does the rest. Whoever is not signed in gets `302` to `/login`. Errors are short lines of text.',
  mount: '/',
  security: { name: 'session', scheme: { type: 'apiKey', in: 'cookie', name: 'session' } },
  // it asks for no token, so it is what is left when no other dialect recognises its own
  recognises: () => false,
  identify: (request) => requestActor(request.headers),
  signsInByCookie: true,
  statuses,
  presentError,
  presentFault: fault,
  routes: [
    ...authRoutes,
    ...channelRoutes,
    ...messageRoutes,
    ...searchRoutes,
    ...reactionRoutes,
    ...peopleRoutes,
    ...typingRoutes,
    ...directMessageRoutes,
    ...receiptRoutes,
    ...privateChannelRoutes,
    ...settingsRoutes,
    ...accountRoutes,
    ...fileRoutes,
    ...previewRoutes,
    ...eventRoutes,
  ],
});
