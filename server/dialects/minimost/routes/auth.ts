import { z } from '@hono/zod-openapi';
import { isCrossSite } from '#server/auth/cross-site';
import { deviceOf } from '#server/auth/device';
import { safeNextPath } from '#server/auth/next-path';
import { clearedSessionCookie, sealSessionCookie } from '#server/auth/session-cookie';
import { redirect, stream } from '#server/dialects/kit/answers';
import { form } from '#server/dialects/kit/body';
import { clientAddress, isOverTls } from '#server/dialects/kit/connection';
import { pageAnswer } from '#server/dialects/kit/page-answer';
import { route } from '#server/dialects/kit/route';
import { plainForm, plainIndex } from '#server/dialects/minimost/plain-pages';
import { signIn } from '#server/domain/accounts/sign-in';
import { type SignedIn, signUp } from '#server/domain/accounts/sign-up';
import { isRefusal, type Refusal, refuseUnless } from '#server/domain/kernel/refusal';
import type { Device } from '#server/domain/sessions/session';
import { signOut } from '#server/domain/sessions/sign-out';

const tag = 'Signing in';
const page = stream('text/html', 'the page');
const signedIn = redirect('signed in: to `/`, with the cookie `session`');
const formAgain = stream('text/html', 'the form again, saying what was wrong; the username is kept');
const refuses = { invalid: 'a field is absent', forbidden: 'a wrong `csrf_token`' };

/** No page of ours carries a token, so one that is sent can't be right (minimost.md §1.3). */
const csrfToken = z.string().optional();
/** Where a visitor was going when our pages sent them to sign in. */
const query = { next: z.string().optional() };

export const authRoutes = [
  route.page('/login', {
    id: 'login-page',
    tag,
    summary: 'The login form',
    answers: { 200: page },
  }),

  route.open('POST', '/login', {
    id: 'login-submit',
    tag,
    summary: 'Log in',
    query,
    body: form({ username: z.string(), password: z.string(), csrf_token: csrfToken }),
    answers: { 302: signedIn, 200: formAgain },
    refuses,
    handle: ({ body, query, request }) => {
      refuseUnless(!body.csrf_token, 'forbidden', 'csrf_token');
      return welcome(request, '/login', body.username, query.next, (device) =>
        signIn({ username: body.username.trim(), password: body.password }, device),
      );
    },
  }),

  route.page('/signup', {
    id: 'signup-page',
    tag,
    summary: 'The signup form',
    answers: { 200: page },
  }),

  route.open('POST', '/signup', {
    id: 'signup-submit',
    tag,
    summary: 'Create an account and log in',
    query,
    body: form({
      username: z.string(),
      password: z.string(),
      confirm_password: z.string(),
      csrf_token: csrfToken,
    }),
    answers: { 302: signedIn, 200: formAgain },
    refuses,
    handle: ({ body, query, request }) => {
      refuseUnless(!body.csrf_token, 'forbidden', 'csrf_token');
      const { username, password, confirm_password: confirmation } = body;
      return welcome(request, '/signup', username, query.next, (device) =>
        signUp({ username, password, confirmation }, device),
      );
    },
  }),

  route('GET', '/logout', {
    id: 'logout',
    tag,
    summary: 'Log out',
    answers: { 302: redirect('to `/login`, without a session') },
    async handle({ actor, request }) {
      // documented as a GET, so a link on any page would do
      if (isCrossSite(request)) return { status: 302, location: '/' };
      await signOut(actor);
      const cookie = clearedSessionCookie({ secure: isOverTls(request) });
      return { status: 302, location: '/login', headers: { 'set-cookie': cookie } };
    },
  }),

  route('GET', '/', {
    id: 'chat-index',
    tag,
    summary: 'The chat client',
    answers: { 200: page },
    handle: ({ actor, request }) => {
      const { pathname, search } = new URL(request.url);
      return { status: 200, response: pageAnswer(pathname + search, plainIndex(actor.username)) };
    },
  }),
];

type Welcome =
  | { status: 302; location: string; headers: Record<string, string> }
  | { status: 200; response: Response };

/** Signs somebody in and sends them on, or shows the form again: here a refusal is a page with status 200. */
async function welcome(
  request: Request,
  path: '/login' | '/signup',
  username: string,
  next: string | undefined,
  enter: (device: Device) => Promise<SignedIn>,
): Promise<Welcome> {
  const target = safeNextPath(next);
  try {
    const { session } = await enter(deviceFor(request));
    const cookie = await sealSessionCookie(session.token, { secure: isOverTls(request) });
    return { status: 302, location: target ?? '/', headers: { 'set-cookie': cookie } };
  } catch (error) {
    if (!isRefusal(error) || error.kind === 'rate_limited') throw error;
    const code = codeOf(error);
    const again = target ? `${path}?next=${encodeURIComponent(target)}` : path;
    const response = pageAnswer(again, plainForm(path, code, username), { error: code, username });
    return { status: 200, response };
  }
}

/** Browsers say how they fetch, so a form sent by one is the web app's, anything else a program's. */
function deviceFor(request: Request): Device {
  const face = request.headers.has('sec-fetch-mode') ? 'web' : 'minimost';
  return deviceOf(face, request.headers, clientAddress(request));
}

function codeOf({ reason, detail }: Refusal): string {
  return reason === 'account_locked' ? `${reason}:${detail.minutes}` : reason;
}
