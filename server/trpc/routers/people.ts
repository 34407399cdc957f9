import type { TRPCRouterRecord } from '@trpc/server';
import { z } from 'zod';
import { findAccounts } from '#server/domain/accounts/find-accounts';
import { findProfile } from '#server/domain/accounts/find-profile';
import { listAccounts } from '#server/domain/accounts/list-accounts';
import { Id } from '#server/domain/kernel/ids';
import { Name } from '#server/trpc/inputs';
import { procedure } from '#server/trpc/procedure';

const Some = z.object({ accountIds: z.array(Id).max(1_000) });
const Named = z.object({ username: Name });

export const people = {
  list: procedure.query(() => listAccounts()),
  /** deleted accounts are left out */
  get: procedure.input(Some).query(({ input }) => findAccounts(input.accountIds)),
  profile: procedure.input(Named).query(({ ctx, input }) => findProfile(ctx.actor, input.username)),
} satisfies TRPCRouterRecord;
