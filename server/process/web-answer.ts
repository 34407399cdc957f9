import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { fault } from '#server/dialects/kit/faults';
import { pageOf } from '#server/dialects/kit/page-answer';
import { pool } from '#server/platform/database';
import { log } from '#server/platform/log';
import { isDatabaseAbsence } from '#server/platform/patient-pool';
import type { Pages } from '#server/process/pages';

/** Something that answers as the Fetch API does. `env` is what Hono's Node adapter gives its handlers. */
export type WebHandler = (request: Request, env: object) => Response | Promise<Response>;

/** Bridges node:http and Fetch handlers. */
export type WebAnswer = (req: IncomingMessage, res: ServerResponse, handler: WebHandler) => void;

/** `pages` renders the page that a handler's response asks for (see dialects/kit/page-answer.ts). */
export function webAnswer(pages: Pages | null): WebAnswer {
  const handlers = new WeakMap<IncomingMessage, WebHandler>();
  const listener = getRequestListener(
    async (request, env) => {
      const { incoming, outgoing } = env as { incoming: IncomingMessage; outgoing: ServerResponse };
      const began = performance.now();
      const handler = handlers.get(incoming) as WebHandler;
      const response = await handler(request, env);
      if (response === RESPONSE_ALREADY_SENT) return response;
      // A command that lost its database half-way did nothing: the same request may be sent again.
      if (response.status === 500 && pool.lastAbsence >= began) return unavailable(request.headers);
      const page = pages && pageOf(response);
      if (!page) return response;
      copyCookies(response, outgoing);
      Object.assign(incoming.headers, page.headers);
      await pages.show(incoming, outgoing, page.path);
      return RESPONSE_ALREADY_SENT;
    },
    {
      // Next answers 500 to everything once the global Response is another one
      overrideGlobalObjects: false,
      errorHandler: presentError,
    },
  );
  return (req, res, handler) => {
    handlers.set(req, handler);
    void listener(req, res);
  };
}

function unavailable(headers: Headers): Response {
  return fault(503, headers, { 'retry-after': '1' });
}

/** What ends up here made no `Response`: a bad Host header, or a handler that threw. */
function presentError(error: unknown): Response {
  if (isDatabaseAbsence(error)) return unavailable(new Headers());
  const badRequest = error instanceof Error && error.name === 'RequestError';
  if (!badRequest) log.error({ err: error }, 'a handler failed');
  return fault(badRequest ? 400 : 500, new Headers());
}

function copyCookies(from: Response, to: ServerResponse): void {
  const cookies = from.headers.getSetCookie();
  if (cookies.length > 0) to.setHeader('set-cookie', cookies);
}
