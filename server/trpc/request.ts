import { randomUUID } from 'node:crypto';
import { TRPCError } from '@trpc/server';
import { isCrossSite } from '#server/auth/cross-site';
import { requestActor } from '#server/auth/request-actor';
import { log } from '#server/platform/log';
import { isDatabaseAbsence } from '#server/platform/patient-pool';
import type { Context } from '#server/trpc/context';
import { isBug, unavailable } from '#server/trpc/errors';

/** What both doors know of a request. */
export type Asked = { method: string; url: string; headers: { get(name: string): string | null } };

/** Who asks, once it is sure that they ask for themselves. Throws a `TRPCError` that answers the whole request. */
export async function contextOf(request: Asked): Promise<Context> {
  const { headers } = request;
  if (request.method === 'POST') {
    // A form of another site can be posted without asking first, but never as JSON.
    if (!isJson(headers.get('content-type'))) throw new TRPCError({ code: 'UNSUPPORTED_MEDIA_TYPE' });
    if (isCrossSite(request)) throw new TRPCError({ code: 'FORBIDDEN', message: 'cross_site' });
  }
  return { actor: await actorOf(headers), requestId: headers.get('x-request-id') ?? randomUUID() };
}

async function actorOf(headers: Asked['headers']): Promise<Context['actor']> {
  try {
    return await requestActor(headers);
  } catch (error) {
    throw isDatabaseAbsence(error) ? unavailable(error) : error;
  }
}

function isJson(contentType: string | null): boolean {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() === 'application/json';
}

/** Says what went wrong, once, where an operator finds it; what somebody did wrong is told to them alone. */
export function report(failed: {
  error: TRPCError;
  path?: string | undefined;
  ctx?: Context | undefined;
}): void {
  if (!isBug(failed.error)) return;
  const { error, path, ctx } = failed;
  log.error({ err: error.cause ?? error, procedure: path, requestId: ctx?.requestId }, 'a procedure failed');
}

/** The request with a body that fails with `PAYLOAD_TOO_LARGE` as soon as it is longer than `limit` bytes. */
export function withBodyLimit(request: Request, limit: number): Request {
  if (!request.body) return request;
  let size = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      size += chunk.byteLength;
      if (size <= limit) controller.enqueue(chunk);
      else controller.error(new TRPCError({ code: 'PAYLOAD_TOO_LARGE' }));
    },
  });
  return new Request(request, { body: request.body.pipeThrough(counter), duplex: 'half' } as RequestInit);
}
