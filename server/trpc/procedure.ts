import { initTRPC, TRPCError } from '@trpc/server';
import { isRefusal, refuseUnless } from '#server/domain/kernel/refusal';
import { isDatabaseAbsence } from '#server/platform/patient-pool';
import type { Context } from '#server/trpc/context';
import { errorOfRefusal, failureOf, isBug, unavailable } from '#server/trpc/errors';
import { transformer } from '#server/trpc/transformer';

/** How often an idle stream shows that it lives, and after how long a silent one is opened anew (milliseconds). */
export const HEARTBEAT = { pingMs: 15_000, reconnectAfterMs: 40_000 };

const t = initTRPC.context<Context>().create({
  transformer,
  // Stacks would go out whenever NODE_ENV is not "production".
  isDev: false,
  errorFormatter: ({ shape, error }) => {
    const failure = failureOf(error);
    const message = isBug(error) ? 'internal' : failure.reason;
    return { ...shape, message, data: { ...shape.data, failure } };
  },
  sse: {
    ping: { enabled: true, intervalMs: HEARTBEAT.pingMs },
    client: { reconnectAfterInactivityMs: HEARTBEAT.reconnectAfterMs },
  },
});

export const { router, createCallerFactory } = t;

/** For everybody, signed in or not: the exception, listed in tests/trpc. */
export const openProcedure = t.procedure.use(async ({ next, getRawInput }) => {
  if (holdsNul(await getRawInput())) throw new TRPCError({ code: 'BAD_REQUEST', message: 'nul' });
  const result = await next();
  if (result.ok) return result;
  if (isRefusal(result.error.cause)) throw errorOfRefusal(result.error.cause);
  if (isDatabaseAbsence(result.error.cause)) throw unavailable(result.error.cause);
  return result;
});

/** For people who are signed in; `ctx.actor` is on whose behalf. What they may do is the domain's question. */
export const procedure = openProcedure.use(({ ctx, next }) => {
  refuseUnless(ctx.actor, 'unauthenticated', 'signed_out');
  return next({ ctx: { ...ctx, actor: ctx.actor } });
});

const NUL = String.fromCharCode(0);

/** Postgres can't store it, and nobody types it. */
function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes(NUL);
  if (value === null || typeof value !== 'object') return false;
  return Object.values(value).some(holdsNul);
}
