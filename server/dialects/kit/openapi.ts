import type { OpenAPIHono } from '@hono/zod-openapi';
import type { AnswerSpec } from '#server/dialects/kit/answers';
import type { Dialect, DialectSpec } from '#server/dialects/kit/dialect';
import type { Route } from '#server/dialects/kit/route';
import type { RefusalKind } from '#server/domain/kernel/refusal';

type Registry = OpenAPIHono['openAPIRegistry'];

/** Enters one row of a table into its dialect's OpenAPI registry. */
export function documentRoute(registry: Registry, dialect: DialectSpec, route: Route): void {
  registry.registerPath({
    method: route.method.toLowerCase() as 'get',
    path: route.path,
    operationId: route.id,
    summary: route.summary,
    ...(route.description ? { description: route.description } : {}),
    tags: [route.tag],
    security: route.access === 'session' ? [{ [dialect.security.name]: [] }] : [],
    request: {
      ...(route.params ? { params: route.params } : {}),
      ...(route.query ? { query: route.query } : {}),
      ...(route.body
        ? {
            body: {
              content: Object.fromEntries(
                route.body.mediaTypes.map((mediaType) => [
                  mediaType,
                  { schema: route.body?.schema as never },
                ]),
              ),
            },
          }
        : {}),
    },
    responses: responsesOf(dialect, route),
  });
}

/** The OpenAPI 3.1 document of a dialect, made from its table. */
export function openApiOf(dialect: Dialect) {
  return dialect.app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: dialect.title, description: dialect.description, version: '1' },
  });
}

/** Every status a route can answer with, ascending, refusals by kind, sign-in and origin included. */
export function statusesOf(dialect: DialectSpec, route: Route): { success: number[]; refused: number[] } {
  return {
    success: Object.keys(route.answers).map(Number),
    refused: [...refusalsOf(dialect, route).keys()].sort((a, b) => a - b),
  };
}

type DocumentedResponse = { description: string; content?: Record<string, { schema: never }> };

function responsesOf(dialect: DialectSpec, route: Route) {
  const responses: Record<string, DocumentedResponse> = {};
  for (const [status, spec] of Object.entries(route.answers)) responses[status] = responseOf(spec);
  for (const [status, words] of refusalsOf(dialect, route)) {
    const known = responses[status];
    if (known) known.description += `; ${words.join('; ')}`;
    else responses[status] = { description: words.join('; ') };
  }
  return responses;
}

function responseOf(spec: AnswerSpec): DocumentedResponse {
  const { description } = spec;
  switch (spec.kind) {
    case 'json':
      return { description, content: { 'application/json': { schema: spec.schema as never } } };
    case 'text':
      return {
        description,
        content: { 'text/plain': { schema: { type: 'string', const: spec.body } as never } },
      };
    case 'stream':
      return { description, content: { [spec.mediaType]: { schema: { type: 'string' } as never } } };
    default:
      return { description };
  }
}

function refusalsOf(dialect: DialectSpec, route: Route): Map<number, string[]> {
  const found = new Map<number, string[]>();
  const add = (status: number, words: string) => found.set(status, [...(found.get(status) ?? []), words]);
  if (route.access === 'session') add(dialect.statuses.unauthenticated, 'nobody is signed in');
  if (route.method !== 'GET' && dialect.signsInByCookie && !route.onCrossSite) {
    add(dialect.statuses.forbidden, 'sent from another site');
  }
  if (isPicky(route)) add(dialect.statuses.not_found, 'a path that names nothing');
  for (const [kind, note] of Object.entries(route.refuses)) {
    if (typeof note === 'string') add(dialect.statuses[kind as RefusalKind], note);
    else add(note.status, note.when);
  }
  return found;
}

/** Whether not every text fits its path parameters: those that take anything take nothing at all as well. */
function isPicky({ params }: Route): boolean {
  if (!params) return false;
  const nothing = Object.fromEntries(Object.keys(params.shape).map((name) => [name, '']));
  return !params.safeParse(nothing).success;
}
