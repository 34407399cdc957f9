import type { TRPCRouterRecord } from '@trpc/server';
import { z } from 'zod';
import { Id } from '#server/domain/kernel/ids';
import { reportPresence } from '#server/domain/presence/report-presence';
import { setPresenceOverride } from '#server/domain/presence/set-presence-override';
import { reportTyping } from '#server/domain/typing/report-typing';
import { procedure } from '#server/trpc/procedure';

export const presence = {
  report: procedure
    .input(z.object({ state: z.enum(['active', 'idle', 'hidden', 'offline']) }))
    .mutation(({ ctx, input }) => reportPresence(ctx.actor, input)),
  setOverride: procedure
    .input(z.object({ override: z.enum(['active', 'idle', 'offline']).nullable() }))
    .mutation(({ ctx, input }) => setPresenceOverride(ctx.actor, input.override)),
} satisfies TRPCRouterRecord;

export const typing = {
  report: procedure
    .input(z.object({ conversationId: Id }))
    .mutation(({ ctx, input }) => reportTyping(ctx.actor, input.conversationId)),
} satisfies TRPCRouterRecord;
