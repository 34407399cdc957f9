import type { TRPCRouterRecord } from '@trpc/server';
import { z } from 'zod';
import { findProfile } from '#server/domain/accounts/find-profile';
import { listAccounts } from '#server/domain/accounts/list-accounts';
import { Name } from '#server/trpc/inputs';
import { procedure } from '#server/trpc/procedure';

export const people = {
  list: procedure.query(() => listAccounts()),
  profile: procedure
    .input(z.object({ username: Name }))
    .query(({ ctx, input }) => findProfile(ctx.actor, input.username)),
} satisfies TRPCRouterRecord;
