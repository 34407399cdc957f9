import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TRPCError } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http';
import { contextOf, report, withBodyLimit } from '#server/trpc/request';
import { appRouter } from '#server/trpc/root';
import { answerStream } from '#server/trpc/stream-door';

export const ENDPOINT = '/api/trpc';

/** The largest request body, in bytes: a message of 10,000 characters in JSON's longest spelling, many times over. */
const BODY_LIMIT = 1_048_576;

const options = {
  router: appRouter,
  // One call is one request: a repeated send then repeats nothing else, and a slow call delays no other.
  allowBatching: false,
  onError: report,
  // What somebody may see is nobody else's to keep. Streams say it themselves.
  responseMeta: ({ type, errors }: { type: string; errors: TRPCError[] }) => ({
    headers: {
      ...(type === 'subscription' ? {} : { 'cache-control': 'no-store' }),
      ...(errors.some(({ code }) => code === 'SERVICE_UNAVAILABLE') ? { 'retry-after': '1' } : {}),
    },
  }),
};

const STREAM = 'live.events';

/** The door of main.ts, straight from node:http. */
export async function answerTrpc(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const [target = ''] = (req.url ?? '').split('?', 1);
  const path = target.slice(ENDPOINT.length + 1);
  if (path === STREAM && req.method === 'GET' && (await answerStream(req, res))) return;
  const headers = { get: (name: string) => req.headers[name]?.toString() ?? null };
  await nodeHTTPRequestHandler({
    ...options,
    req,
    res,
    path,
    maxBodySize: BODY_LIMIT,
    createContext: () => contextOf({ method: req.method ?? '', url: req.url ?? '', headers }),
  });
}

/** The same procedures behind Next's route handlers. */
export function answerTrpcRequest(request: Request): Promise<Response> {
  return fetchRequestHandler({
    ...options,
    req: withBodyLimit(request, BODY_LIMIT),
    endpoint: ENDPOINT,
    createContext: ({ req }) => contextOf(req),
  });
}
