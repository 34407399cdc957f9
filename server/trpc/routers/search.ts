import type { TRPCRouterRecord } from '@trpc/server';
import { SearchMessages, searchMessages } from '#server/domain/search/search-messages';
import { procedure } from '#server/trpc/procedure';

export const search = {
  messages: procedure.input(SearchMessages).query(({ ctx, input }) => searchMessages(ctx.actor, input)),
} satisfies TRPCRouterRecord;
