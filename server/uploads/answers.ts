import { isRefusal, type Refusal, type RefusalKind } from '#server/domain/kernel/refusal';
import { log } from '#server/platform/log';

const STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  rate_limited: 429,
} as const satisfies Record<RefusalKind, number>;

/** How the upload addresses say no. `message` is what UploadThing's client looks for, the rest is for ours. */
export type UploadFailure = { message: string; reason: string; detail: Refusal['detail'] };

/** Runs a handler and answers its refusals; anything else is a bug, logged here and told nobody. */
export async function answering(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (isRefusal(error)) return failed(STATUS[error.kind], error.reason, error.detail);
    if (error instanceof Error && error.name === 'TurnedAway') return failed(429, 'too_many_at_once');
    log.error({ err: error }, 'an upload failed');
    return failed(500, 'internal');
  }
}

export function failed(status: number, reason: string, detail: Refusal['detail'] = {}): Response {
  const failure: UploadFailure = { message: reason, reason, detail };
  return Response.json(failure, { status, headers: { 'cache-control': 'no-store' } });
}
