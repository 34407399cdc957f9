import type { TRPCRouterRecord } from '@trpc/server';
import { webSignInWays } from '#server/domain/sign-in/sign-in-ways';
import { bootstrap } from '#server/trpc/bootstrap';
import { openProcedure, procedure } from '#server/trpc/procedure';

export const session = {
  /** who is asking; null for a visitor, so that a page can tell "signed out" from "unreachable" */
  current: openProcedure.query(({ ctx }) =>
    ctx.actor ? { accountId: ctx.actor.accountId, username: ctx.actor.username } : null,
  ),
  /** how a visitor may come in */
  ways: openProcedure.query(() => webSignInWays()),
  /** everything a page needs before its first live delivery */
  bootstrap: procedure.query(({ ctx }) => bootstrap(ctx.actor)),
} satisfies TRPCRouterRecord;
