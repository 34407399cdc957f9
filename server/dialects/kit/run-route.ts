import { type LooseReply, responseOf } from '#server/dialects/kit/answers';
import { cleanText } from '#server/dialects/kit/clean-text';
import { isCrossSiteWrite } from '#server/dialects/kit/cross-site';
import type { DialectSpec } from '#server/dialects/kit/dialect';
import { sendDirectly } from '#server/dialects/kit/direct-answer';
import type { Asked } from '#server/dialects/kit/read-body';
import type { BodilessCall, Route } from '#server/dialects/kit/route';
import type { Actor } from '#server/domain/kernel/actor';
import { isRefusal, type Refusal, refuse } from '#server/domain/kernel/refusal';
import { log } from '#server/platform/log';

/** Learn who asks, parse, call the handler, present: the whole life of one request inside a dialect. */
export async function runRoute(
  dialect: DialectSpec,
  route: Route,
  asked: Asked,
  rawParams: Record<string, string>,
): Promise<Response> {
  const { request, outgoing } = asked;
  try {
    const reply = await answer(dialect, route, asked, rawParams);
    if (request.method === 'HEAD') return await withoutBody(responseOf(route.answers, reply));
    return (outgoing && sendDirectly(outgoing, route.answers, reply)) ?? responseOf(route.answers, reply);
  } catch (error) {
    if (error instanceof Refused) return dialect.presentError(error.refusal, error.status, request.headers);
    log.error({ err: error, route: route.id, dialect: dialect.name }, 'a route failed');
    return dialect.presentFault(500, request.headers);
  }
}

async function answer(
  dialect: DialectSpec,
  route: Route,
  asked: Asked,
  rawParams: Record<string, string>,
): Promise<LooseReply> {
  // a path that names nothing, a body that can't be read: the dialect's usual status for it
  const call = await withStatuses(dialect, {}, () => prepare(dialect, route, asked, rawParams));
  if ('status' in call) return call;
  if (route.admit) await withStatuses(dialect, route.refuses, async () => route.admit?.(call));
  const body = await withStatuses(dialect, {}, async () => route.body?.read(asked));
  const handle = route.handle as NonNullable<Route['handle']>;
  return withStatuses(dialect, route.refuses, async () => handle({ ...call, body }));
}

/** In this order: who asks, from where, and only then what; so that strangers learn nothing from our checks. */
async function prepare(
  dialect: DialectSpec,
  route: Route,
  asked: Asked,
  rawParams: Record<string, string>,
): Promise<BodilessCall<Actor | null, unknown, unknown> | LooseReply> {
  const { request } = asked;
  const identify = route.identify ?? dialect.identify;
  const actor = route.access === 'none' ? null : await identify(request);
  if (route.access === 'session' && !actor) refuse('unauthenticated', 'signed_out');
  if (dialect.signsInByCookie && isCrossSiteWrite(request)) {
    if (route.onCrossSite) return route.onCrossSite();
    refuse('forbidden', 'cross_site');
  }
  return {
    actor,
    params: route.params ? parseParams(route.params, rawParams) : {},
    query: route.query ? parseQuery(route.query, request.url) : {},
    request,
    outgoing: asked.outgoing,
  };
}

function parseParams(schema: NonNullable<Route['params']>, raw: Record<string, string>): unknown {
  const clean = Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, cleanText(value)]));
  const parsed = schema.safeParse(clean);
  if (!parsed.success) refuse('not_found', 'no_such_path');
  return parsed.data;
}

function parseQuery(schema: NonNullable<Route['query']>, url: string): unknown {
  const start = url.indexOf('?');
  const fields = new Map<string, string>();
  if (start !== -1) {
    for (const [name, value] of new URLSearchParams(url.slice(start + 1))) {
      if (!fields.has(name)) fields.set(name, cleanText(value));
    }
  }
  const parsed = schema.safeParse(Object.fromEntries(fields));
  if (!parsed.success) {
    refuse('invalid', 'bad_field', { field: String(parsed.error.issues[0]?.path[0] ?? '') });
  }
  return parsed.data;
}

/** A refusal on its way out, with the status that the route or else the dialect gives it. */
class Refused extends Error {
  constructor(
    readonly refusal: Refusal,
    readonly status: number,
  ) {
    super(refusal.message);
  }
}

async function withStatuses<T>(
  dialect: DialectSpec,
  notes: Route['refuses'],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const note = notes[error.kind];
    throw new Refused(error, typeof note === 'object' ? note.status : dialect.statuses[error.kind]);
  }
}

/** Hono drops the body of an answer to HEAD without telling it, which would leave a file open. */
async function withoutBody(response: Response): Promise<Response> {
  await response.body?.cancel();
  return new Response(null, { status: response.status, headers: response.headers });
}
