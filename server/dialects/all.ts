import { Switchboard } from '#server/dialects/kit/switchboard';
import { minimost } from '#server/dialects/minimost/dialect';

const PAGES = new Set(['/login', '/signup', '/chat']);

/** Every documented API. Where two claim one route at the root, the last is for requests that no other recognises. */
export const switchboard = new Switchboard(
  [minimost],
  (path) => PAGES.has(path) || path.startsWith('/chat/'),
);
