import { randomUUID } from 'node:crypto';
import { requestActor } from '#server/auth/request-actor';
import type { Context } from '#server/trpc/context';

/** The largest request body, in bytes: a message of 10,000 characters in JSON's longest spelling, ten times over. */
export const BODY_LIMIT = 1_048_576;

export async function contextOf(headers: Headers): Promise<Context> {
  return { actor: await requestActor(headers), requestId: headers.get('x-request-id') ?? randomUUID() };
}
