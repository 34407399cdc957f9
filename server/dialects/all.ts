import { docsFor } from '#server/dialects/docs/docs-dialect';
import { Switchboard } from '#server/dialects/kit/switchboard';
import { mikrochat, mikrochatCompat } from '#server/dialects/mikrochat/dialect';
import { minimost } from '#server/dialects/minimost/dialect';

/** What Next serves, apart from `/`, which an API documents and hands over to its page. */
const PAGES = new Set([
  '/login',
  '/login/link',
  '/login/forgotten',
  '/login/password',
  '/login/email',
  '/signup',
  '/offline',
  '/chat',
]);

/** The documented APIs. Where two claim one route, the last answers requests that no other recognises. */
export const APIS = [mikrochat, minimost];

export const switchboard = new Switchboard(
  [docsFor(APIS), mikrochatCompat, ...APIS],
  (path) => PAGES.has(path) || path.startsWith('/chat/'),
);
