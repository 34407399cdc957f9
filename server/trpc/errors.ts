import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { isRefusal, type Refusal, type RefusalDetail, type RefusalKind } from '#server/domain/kernel/refusal';

/** What a client may know about a failure. `kind` is "internal" for bugs, which say nothing else. */
export type Failure = { kind: RefusalKind | 'internal'; reason: string; detail: RefusalDetail };

const CODES = {
  invalid: 'BAD_REQUEST',
  unauthenticated: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  conflict: 'CONFLICT',
  too_large: 'PAYLOAD_TOO_LARGE',
  rate_limited: 'TOO_MANY_REQUESTS',
} as const satisfies Record<RefusalKind, TRPCError['code']>;

/** A refusal of the domain in tRPC's words; it stays the error's cause. */
export function errorOfRefusal(refusal: Refusal): TRPCError {
  return new TRPCError({ code: CODES[refusal.kind], message: refusal.reason, cause: refusal });
}

/** The answer while the database is being restarted: not a bug, and the same call succeeds in a moment. */
export function unavailable(cause: unknown): TRPCError {
  return new TRPCError({ code: 'SERVICE_UNAVAILABLE', message: 'unavailable', cause });
}

/** True for everything that nobody outside caused: it is logged, and answered without detail. */
export function isBug(error: TRPCError): boolean {
  return error.code === 'INTERNAL_SERVER_ERROR';
}

/** The failure behind an error: a refusal, an input that does not parse, a call that tRPC itself turned down. */
export function failureOf(error: TRPCError): Failure {
  if (isRefusal(error.cause)) {
    return { kind: error.cause.kind, reason: error.cause.reason, detail: error.cause.detail };
  }
  if (isBug(error)) return { kind: 'internal', reason: 'internal', detail: {} };
  if (error.code === 'SERVICE_UNAVAILABLE') return { kind: 'internal', reason: 'unavailable', detail: {} };
  if (error.cause instanceof z.ZodError) {
    const fields = error.cause.issues.map((issue) => issue.path.join('.'));
    return { kind: 'invalid', reason: 'bad_input', detail: { fields } };
  }
  return { kind: kindOfCode(error.code), reason: error.code.toLowerCase(), detail: {} };
}

function kindOfCode(code: TRPCError['code']): RefusalKind {
  const kinds = Object.keys(CODES) as RefusalKind[];
  return kinds.find((kind) => CODES[kind] === code) ?? 'invalid';
}
