import { z } from '@hono/zod-openapi';
import { type ApiDocument, indexPage, referencePage } from '#server/dialects/docs/reference-page';
import { REFERENCE_STYLE } from '#server/dialects/docs/reference-style';
import { json, stream } from '#server/dialects/kit/answers';
import { type Dialect, dialect } from '#server/dialects/kit/dialect';
import { fault } from '#server/dialects/kit/faults';
import { openApiOf } from '#server/dialects/kit/openapi';
import { route } from '#server/dialects/kit/route';
import { refuse } from '#server/domain/kernel/refusal';

const STYLE = '/docs/reference.css';
const POLICY = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'";

/** The reference pages of the documented APIs and their OpenAPI documents, open to everybody. */
export function docsFor(apis: readonly Dialect[]): Dialect {
  const documents = new Map(apis.map((api) => [api.name, lazily(() => openApiOf(api))]));
  const documentOf = (name: string) => (documents.get(name) ?? refuse('not_found', 'no_such_api'))();
  const params = { api: z.string() };
  const refuses = { not_found: 'no such API' };
  const tag = 'Documentation';

  return dialect({
    name: 'docs',
    title: 'Documentation',
    description: '',
    mount: '/docs',
    security: { name: 'none', scheme: { type: 'apiKey', in: 'cookie', name: 'none' } },
    recognises: () => false,
    identify: async () => null,
    signsInByCookie: false,
    statuses: {
      invalid: 400,
      unauthenticated: 401,
      forbidden: 403,
      not_found: 404,
      conflict: 409,
      too_large: 413,
      rate_limited: 429,
    },
    presentError: (_refusal, status, asking) => fault(status, asking),
    presentFault: fault,
    routes: [
      route.open('GET', '/docs', {
        id: 'docs-index',
        tag,
        summary: 'Which APIs there are',
        answers: { 200: stream('text/html', 'the page') },
        handle: () => ({ status: 200, response: page(indexPage(apis, STYLE)) }),
      }),

      route.open('GET', '/docs/{api}', {
        id: 'docs-page',
        tag,
        summary: 'The reference of an API',
        params,
        answers: { 200: stream('text/html', 'the page') },
        refuses,
        handle: ({ params }) => {
          const links = { document: `/docs/${params.api}/openapi.json`, style: STYLE };
          const reference = referencePage(documentOf(params.api) as unknown as ApiDocument, links);
          return { status: 200, response: page(reference) };
        },
      }),

      route.open('GET', '/docs/{api}/openapi.json', {
        id: 'docs-document',
        tag,
        summary: 'The OpenAPI document of an API',
        params,
        answers: { 200: json(z.unknown(), 'OpenAPI 3.1') },
        refuses,
        handle: ({ params }) => ({ status: 200, body: documentOf(params.api) }),
      }),

      route.open('GET', STYLE, {
        id: 'docs-style',
        tag,
        summary: 'The style of the reference',
        answers: { 200: stream('text/css', 'the style sheet') },
        handle: () => ({ status: 200, response: asset(REFERENCE_STYLE, 'text/css') }),
      }),
    ],
  });
}

function page(html: string): Response {
  return asset(html, 'text/html', { 'content-security-policy': POLICY });
}

function asset(body: string, mediaType: string, headers: Record<string, string> = {}): Response {
  return new Response(body, {
    headers: {
      'content-type': `${mediaType}; charset=utf-8`,
      'cache-control': 'public, max-age=300',
      ...headers,
    },
  });
}

/** Made at the first look: nobody should wait for it at the start. */
function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
