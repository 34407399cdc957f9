import type { Readable } from 'node:stream';
import { deviceOf } from '#server/auth/device';
import { LONGEST, safeNextPath } from '#server/auth/next-path';
import { oauthCookie } from '#server/auth/oauth-return';
import { sealSessionCookie } from '#server/auth/session-cookie';
import { form } from '#server/dialects/kit/body';
import { clientAddress, isOverTls } from '#server/dialects/kit/connection';
import { isCrossSiteWrite } from '#server/dialects/kit/cross-site';
import { fault } from '#server/dialects/kit/faults';
import { isRefusal, type Refusal, refuseUnless } from '#server/domain/kernel/refusal';
import { beginOAuth } from '#server/domain/oauth/begin-oauth';
import type { Mount } from '#server/platform/mount';
import { type Form, FormFields, type Place, STEPS } from '#server/sign-in/steps';

const PREFIX = '/api/sign-in';
const fields = form(FormFields.shape);

/** Where the forms of the login pages are posted to, and where the way to a sign-in provider begins. */
export const signInMounts: readonly Mount[] = [
  { prefix: `${PREFIX}/provider`, methods: ['GET'], handle: goToProvider },
  { prefix: PREFIX, methods: ['POST'], handle: takeStep },
];

/** `POST /api/sign-in/<step>`: always sent on, with an error where the step was refused. */
export async function takeStep(request: Request, incoming: Readable | null = null): Promise<Response> {
  const step = STEPS.get(new URL(request.url).pathname.slice(PREFIX.length + 1));
  if (!step) return fault(404, request.headers);
  let given: Form | null = null;
  try {
    refuseUnless(!isCrossSiteWrite(request), 'forbidden', 'cross_site');
    const parsed = await fields.read({ request, incoming });
    given = { ...parsed, next: safeNextPath(parsed.next) ?? '' };
    const { session, ...place } = await step.act(given, deviceFor(request));
    const secure = isOverTls(request);
    return sendOn(place, session ? [await sealSessionCookie(session.token, { secure })] : []);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const { path, query } = given ? step.page(given) : { path: '/login', query: {} };
    return sendOn({ path, query: { ...query, error: codeOf(error) } });
  }
}

/** `GET /api/sign-in/provider/<id>`: a link, because the page's policy lets no form be sent on elsewhere. */
export async function goToProvider(request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const providerId = pathname.slice(`${PREFIX}/provider/`.length);
  const nextPath = safeNextPath(searchParams.get('next'));
  try {
    const asked = { providerId, destination: 'web', nextPath } as const;
    const { url, state } = await beginOAuth(asked, deviceFor(request));
    return redirect(url.href, [oauthCookie(state, { secure: isOverTls(request) })]);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return sendOn({ path: '/login', query: { error: codeOf(error), next: nextPath ?? undefined } });
  }
}

function deviceFor(request: Request) {
  return deviceOf('web', request.headers, clientAddress(request));
}

/** As in the answers of the documented form of `/login`. */
function codeOf({ kind, reason, detail }: Refusal): string {
  if (kind === 'rate_limited') return kind;
  return reason === 'account_locked' ? `${reason}:${detail.minutes}` : reason;
}

/** What is longer than anything a person enters is not shown again: a header has to hold it. */
function sendOn({ path, query = {} }: Place, cookies: string[] = []): Response {
  const given = Object.entries(query).filter(
    (entry): entry is [string, string] =>
      Boolean(entry[1]) && encodeURIComponent(entry[1] ?? '').length <= LONGEST,
  );
  const search = new URLSearchParams(given).toString();
  return redirect(search ? `${path}?${search}` : path, cookies);
}

/** 303: whatever was asked, what comes next is a page to be read. */
function redirect(location: string, cookies: string[]): Response {
  const headers = new Headers({ location, 'cache-control': 'no-store' });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
}
