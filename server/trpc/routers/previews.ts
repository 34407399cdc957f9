import type { TRPCRouterRecord } from '@trpc/server';
import { z } from 'zod';
import { linkPreview } from '#server/domain/previews/link-preview';
import { procedure } from '#server/trpc/procedure';

export const previews = {
  /** null when the page says nothing worth showing */
  get: procedure
    .input(z.object({ url: z.string().max(4_096) }))
    .query(({ ctx, input }) => linkPreview(ctx.actor, input.url)),
} satisfies TRPCRouterRecord;
